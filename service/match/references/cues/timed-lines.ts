import type { Cue } from '../reference.ts';
import { plainText } from './plain-text.ts';

/** "00:01:02,345 --> 00:01:04,000", as SRT files write it and as broken ones do. */
const timing =
  /^[^\d]{0,8}(?:\d{1,6} {1,8})?((?:\d{1,3} ?: ?)?\d{1,2} ?: ?\d{1,2}(?: ?[.,:] ?\d{1,3})?) ?-{1,3}> ?((?:\d{1,3} ?: ?)?\d{1,2} ?: ?\d{1,2}(?: ?[.,:] ?\d{1,3})?)/;
const LONGEST_TIMING = 200;
/** Three are usual; what follows without times is none of the cue's. */
const MOST_LINES = 100;

/**
 * SRT and WebVTT: a line with two times, and the text below it. A file may lack numbers and empty lines between
 * its cues; empty lines end a cue only in WebVTT, where notes and styles stand between cues.
 */
export function* readTimedLines(text: string, format: 'srt' | 'vtt'): Generator<Cue> {
  let times: { start: number; end: number } | null = null;
  let lines: string[] = [];
  let ended = false;
  for (const line of linesOf(text)) {
    const next = timesIn(line);
    if (next === null) {
      if (format === 'vtt' && line.trim() === '') ended = true;
      if (!ended && lines.length < MOST_LINES) lines.push(line);
      continue;
    }
    if (times) yield { ...times, text: plainText(withoutNumber(lines)) };
    times = next;
    lines = [];
    ended = false;
  }
  if (times) yield { ...times, text: plainText(lines) };
}

export function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n|\u2028|\u2029/g)) {
    yield text.slice(from, index);
    from = index + end.length;
  }
  yield text.slice(from);
}

function timesIn(line: string): { start: number; end: number } | null {
  if (!line.includes('->')) return null;
  const [, start, end] = timing.exec(line.slice(0, LONGEST_TIMING)) ?? [];
  return start === undefined || end === undefined
    ? null
    : { start: secondsOf(start), end: secondsOf(end) };
}

/** "1:02:03,4" is hours, minutes, seconds and a fraction; "02:03.400" has no hours; "00:01:02:345" has a colon. */
function secondsOf(time: string): number {
  const [clock = '', fraction = ''] = time.replaceAll(' ', '').split(/[.,]/);
  const parts = clock.split(':').map(Number);
  const last =
    fraction === '' && parts.length === 4 ? String(parts.pop()).padStart(3, '0') : fraction;
  const whole = parts.reduce((sum, part) => sum * 60 + part, 0);
  return whole + (last === '' ? 0 : Number(`0.${last}`));
}

/** The number of the next cue stands above its times. */
function withoutNumber(lines: string[]): string[] {
  let last = lines.length - 1;
  while (last >= 0 && lines[last]?.trim() === '') last--;
  return /^\s*\d{1,6}\s*$/.test(lines[last] ?? '') ? lines.slice(0, last) : lines;
}
