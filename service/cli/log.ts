import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';
import { type Colour, type Paint, paintFor } from './paint.ts';
import { printable } from './words.ts';

export interface LogSettings {
  level: string;
  format: 'auto' | 'pretty' | 'json';
}

/** The log on standard error: JSON for programs, lines for people. Lines can go elsewhere by `say`. */
export function createLog({ level, format }: LogSettings, say = sayOnStderr): Logger {
  const pretty = format === 'pretty' || (format === 'auto' && process.stderr.isTTY === true);
  const destination = pretty ? linesForPeople(say, level === 'debug') : process.stderr;
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function sayOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

const levels: Record<number, { word: string; colour: Colour }> = {
  20: { word: 'debug', colour: 'gray' },
  30: { word: 'info ', colour: 'cyan' },
  40: { word: 'warn ', colour: 'yellow' },
  50: { word: 'error', colour: 'red' },
  60: { word: 'fatal', colour: 'red' },
};

function linesForPeople(say: (line: string) => void, stacks: boolean): Writable {
  const paint = paintFor(process.stderr);
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      say(lineOf(JSON.parse(chunk.toString('utf8')), { paint, stacks }));
      done();
    },
  });
}

function lineOf(
  { level, time, msg, err, hint, code, message, ...rest }: Record<string, unknown>,
  { paint, stacks }: { paint: Paint; stacks: boolean },
): string {
  const { word, colour } = levels[Number(level)] ?? { word: String(level), colour: 'white' };
  const details = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  // Labels of discs are in both.
  const said = [String(msg ?? message ?? ''), details.join(' ')].map(printable);
  const words = [said[0], paint('gray', said[1] ?? '')].filter(Boolean);
  const more = [errorText(err, stacks), hint && printable(String(hint))].filter(Boolean);
  const line = `${paint('gray', clock(new Date(String(time))))} ${paint(colour, word)} ${words.join('  ')}`;
  return [line, ...more.map((text) => `        ${text}`)].join('\n');
}

/** Local time, without the locale data of the system: they would stay in memory, 7 MiB. */
function clock(time: Date): string {
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** People get the words; where in the code it was is for those who asked for details. */
function errorText(err: unknown, stacks: boolean): string {
  if (typeof err !== 'object' || err === null) return '';
  if (stacks && 'stack' in err) return String(err.stack);
  return 'message' in err ? printable(String(err.message)) : '';
}
