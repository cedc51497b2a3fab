import type { Cue } from '../reference.ts';
import { readAss } from './ass.ts';
import { readTimedLines } from './timed-lines.ts';

export type CueFormat = 'srt' | 'vtt' | 'ass';

/** A film of three hours has 2,500; files with more are made to hold somebody up. */
const MOST_CUES = 20_000;
/** Nobody reads one for longer: a longer one has lost its end. */
const LONGEST_SECONDS = 30;
const LONGEST_TEXT = 2000;
/** No episode is longer; a cue beyond is a slip, or made to have somebody count up to it. */
const LATEST_SECONDS = 6 * 3600;
/** Broadcasters count from hour 1 or 10 of a tape. */
const HOUR = 3600;
/** What those who made or offer the subtitles say of themselves; it says nothing of the episode. */
const advertisement =
  /https?:\/\/|\bwww\.|opensubtitles|addic7ed|subscene|\b(?:subtitles?|captions?|sync(?:ed|hronized)?) by\b/i;

/**
 * The cues of an SRT, WebVTT or ASS/SSA file, told apart by their content, sorted by start. What is broken in a
 * file is left out; the format is null when nothing in it looks like one. Never throws.
 */
export function readCues(text: string): { format: CueFormat | null; cues: Cue[] } {
  const format = formatOf(text);
  if (format === null) return { format, cues: [] };
  const found = format === 'ass' ? readAss(text) : readTimedLines(text, format);
  const cues: Cue[] = [];
  for (const cue of found) {
    if (cue.text === '' || advertisement.test(cue.text)) continue;
    cues.push(bounded(cue));
    if (cues.length === MOST_CUES) break;
  }
  const shifted = fromFirstHour(cues.sort((a, b) => a.start - b.start));
  return { format, cues: shifted.filter(({ start }) => start <= LATEST_SECONDS) };
}

/** WebVTT, https://www.w3.org/TR/webvtt1/ section 4.1, begins with its name; SRT has no mark but its times. */
function formatOf(text: string): CueFormat | null {
  if (/^\s*WEBVTT/.test(text)) return 'vtt';
  if (/^[^\S\r\n]*\[(?:Script Info|V4\+? Styles|Events)\]/im.test(text) || /^Dialogue:/m.test(text))
    return 'ass';
  return text.includes('->') ? 'srt' : null;
}

function bounded({ start, end, text }: Cue): Cue {
  const length = Math.min(Math.max(0, end - start), LONGEST_SECONDS);
  return { start, end: start + length, text: text.slice(0, LONGEST_TEXT) };
}

function fromFirstHour(cues: Cue[]): Cue[] {
  const hours = Math.floor((cues[0]?.start ?? 0) / HOUR);
  if (hours === 0) return cues;
  const shift = hours * HOUR;
  return cues.map(({ start, end, text }) => ({ start: start - shift, end: end - shift, text }));
}
