/** Subtitles of an episode have 50 kB, with drawings of ASS a few megabytes. */
export const LARGEST_SUBTITLE = 8 * 1024 * 1024;
