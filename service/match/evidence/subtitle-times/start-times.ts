/** A subtitle packet of a file. */
export interface SubtitleEvent {
  /** Seconds. */
  readonly time: number;
  readonly bytes: number;
}

/**
 * A PGS display set that only clears the picture has a composition without objects, its window and its end, 30 to 60
 * bytes; one that shows something has at least a palette and an object besides.
 */
const LARGEST_CLEARING_BYTES = 60;
/** What follows so soon belongs to the same subtitle: fades, and several events of one moment. */
const SAME_START_SECONDS = 0.2;

/** No title is longer; a broken file may say any time, and everything up to it would be compared. */
const LATEST_SECONDS = 12 * 3600;

/** When subtitles appear (seconds, sorted), by the packets of a track in any order. */
export function startTimes(events: readonly SubtitleEvent[], isPgs: boolean): number[] {
  const least = isPgs ? LARGEST_CLEARING_BYTES + 1 : 0;
  const shown = events.filter(({ time, bytes }) => bytes >= least && time <= LATEST_SECONDS);
  const starts: number[] = [];
  for (const time of shown.map((event) => event.time).sort((a, b) => a - b)) {
    const last = starts.at(-1);
    if (last === undefined || time - last >= SAME_START_SECONDS) starts.push(time);
  }
  return starts;
}
