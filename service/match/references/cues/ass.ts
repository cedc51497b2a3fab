import type { Cue } from '../reference.ts';
import { linesOf } from './timed-lines.ts';

/** Of "Dialogue:" lines when the file does not say it: http://www.tcax.org/docs/ass-specs.htm, section 7. */
const usualFields = 'layer,start,end,style,name,marginl,marginr,marginv,effect,text'.split(',');
const MOST_FIELDS = 30;

/**
 * The dialogue of an ASS or SSA file, without override codes and drawings. Effects that write one line many times
 * over itself count once.
 */
export function* readAss(text: string): Generator<Cue> {
  let fields = usualFields;
  let isEvents = true;
  const seen = new Set<string>();
  for (const line of linesOf(text)) {
    const section = /^\s*\[([^\]]{1,40})\]/.exec(line)?.[1];
    if (section !== undefined) isEvents = /^events$/i.test(section);
    const [, kind, rest] = /^\s*(format|dialogue)\s*:\s*(.*)$/i.exec(line.slice(0, 10_000)) ?? [];
    if (!isEvents || kind === undefined || rest === undefined) continue;
    if (kind.toLowerCase() === 'format') {
      const named = rest.split(',', MOST_FIELDS).map((field) => field.trim().toLowerCase());
      if (named.includes('start') && named.includes('text')) fields = named;
      continue;
    }
    const cue = dialogue(rest, fields);
    const key = cue && `${cue.start} ${cue.text}`;
    if (!cue || !key || seen.has(key)) continue;
    seen.add(key);
    yield cue;
  }
}

function dialogue(line: string, fields: readonly string[]): Cue | null {
  const parts = line.split(',');
  const at = (name: string) => parts[fields.indexOf(name)]?.trim() ?? '';
  const start = secondsOf(at('start'));
  const end = secondsOf(at('end'));
  if (start === null || end === null) return null;
  const text = parts.slice(fields.indexOf('text')).join(',');
  return { start, end, text: withoutCodes(text) };
}

/** "0:01:02.34" */
function secondsOf(time: string): number | null {
  const [, hours, minutes, seconds] =
    /^(\d{1,3}):(\d{1,2}):(\d{1,2}(?:[.,:]\d{1,3})?)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(/[,:]/, '.'));
}

/** With "\p1" what follows are the strokes of a drawing. */
function withoutCodes(text: string): string {
  if (/\{[^{}]*\\p[1-9][^{}]*\}/.test(text)) return '';
  return text
    .replaceAll(/\{[^{}]*\}/g, '')
    .replaceAll(/\\h/g, ' ')
    .split(/\\[Nn]/)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
