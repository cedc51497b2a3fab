/** Settings under which nothing is looked up anywhere; a test that wants to names a server of its own. */
export const offline = {
  DISCFLOW_METADATA_TMDB_ENABLED: 'false',
  DISCFLOW_METADATA_THEDISCDB_ENABLED: 'false',
};
