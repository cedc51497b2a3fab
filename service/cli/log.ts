import { Writable } from 'node:stream';
import { styleText } from 'node:util';
import pino, { type Logger } from 'pino';

export interface LogSettings {
  level: string;
  format: 'auto' | 'pretty' | 'json';
}

/** The log on standard error: JSON for programs, lines for people. */
export function createLog({ level, format }: LogSettings): Logger {
  const pretty = format === 'pretty' || (format === 'auto' && process.stderr.isTTY === true);
  const destination = pretty ? linesForPeople(process.stderr) : process.stderr;
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

type Colour = Parameters<typeof styleText>[0];
const levels: Record<number, { word: string; colour: Colour }> = {
  20: { word: 'debug', colour: 'gray' },
  30: { word: 'info ', colour: 'cyan' },
  40: { word: 'warn ', colour: 'yellow' },
  50: { word: 'error', colour: 'red' },
  60: { word: 'fatal', colour: 'red' },
};

function linesForPeople(output: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      output.write(`${lineOf(JSON.parse(chunk.toString('utf8')))}\n`);
      done();
    },
  });
}

function lineOf({ level, time, msg, err, hint, ...rest }: Record<string, unknown>): string {
  const { word, colour } = levels[Number(level)] ?? { word: String(level), colour: 'white' };
  const clock = new Date(String(time)).toLocaleTimeString('en-GB');
  const details = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const words = [String(msg ?? ''), styleText('gray', details.join(' '))]
    .filter(Boolean)
    .join('  ');
  const more = [errorText(err), hint && `        ${hint}`].filter(Boolean).join('\n');
  return `${styleText('gray', clock)} ${styleText(colour, word)} ${words}${more ? `\n${more}` : ''}`;
}

function errorText(err: unknown): string {
  return typeof err === 'object' && err !== null && 'stack' in err ? String(err.stack) : '';
}
