/**
 * Settings under which nothing is looked up anywhere, and nobody listens for minutes to what is said in a title; a test
 * that wants to names a server or an engine of its own.
 */
export const offline = {
  DISCFLOW_METADATA_TMDB_ENABLED: 'false',
  DISCFLOW_METADATA_THEDISCDB_ENABLED: 'false',
  DISCFLOW_SPEECH_ENGINE: 'none',
};
