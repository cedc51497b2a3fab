import { appendFileSync, writeSync } from 'node:fs';
import type { CommandLine, Destination } from './command-line.ts';
import { type MessageCode, messages, type PhaseCode, phases } from './messages.ts';

export interface DriveRow {
  readonly index: number;
  readonly state: number;
  readonly flags: number;
  readonly name: string;
  readonly label: string;
  readonly device: string;
}

/** Full scale of the progress values. */
export const FULL = 65536;

/** Writes records: at once and whole, so that a crash loses none that came before it. */
export interface Robot {
  message(code: MessageCode, ...parameters: readonly (string | number)[]): void;
  drive(row: DriveRow): void;
  /** Total operation. */
  total(code: PhaseCode): void;
  /** Current operation; `item` counts what is worked on. */
  current(code: PhaseCode, item?: number): void;
  /** Both of 65536. */
  progress(current: number, total: number): void;
  count(titles: number): void;
  disc(attribute: number, code: number, value: string): void;
  title(title: number, attribute: number, code: number, value: string): void;
  stream(title: number, stream: number, attribute: number, code: number, value: string): void;
}

export function createRobot({ robot, messages: to, progress: progressTo }: CommandLine): Robot {
  const record = (line: string) => robot && write(to, line);
  const onProgress = (line: string) => robot && progressTo && write(progressTo, line);
  return {
    message(code, ...parameters) {
      const { flags, format } = messages[code];
      const values = parameters.map(String);
      const text = format.replace(/%(\d)/g, (_, place) => values[Number(place) - 1] ?? '');
      if (!robot) return write(to, text);
      const strings = [text, format, ...values].map(quoted);
      write(to, `MSG:${[code, flags, values.length, ...strings].join(',')}`);
    },
    drive({ index, state, flags, name, label, device }) {
      record(`DRV:${[index, state, 999, flags, ...[name, label, device].map(quoted)].join(',')}`);
    },
    total: (code) => onProgress(`PRGT:${code},0,${quoted(phases[code])}`),
    current: (code, item = 0) => onProgress(`PRGC:${code},${item},${quoted(phases[code])}`),
    progress: (current, total) =>
      onProgress(`PRGV:${Math.floor(current)},${Math.floor(total)},${FULL}`),
    count: (titles) => record(`TCOUNT:${titles}`),
    disc: (...fields) => record(`CINFO:${values(fields)}`),
    title: (...fields) => record(`TINFO:${values(fields)}`),
    stream: (...fields) => record(`SINFO:${values(fields)}`),
  };
}

function values(fields: readonly (number | string)[]): string {
  return fields.map((field) => (typeof field === 'string' ? quoted(field) : field)).join(',');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;
}

function write(to: Destination, line: string): void {
  if (to === 'null') return;
  if (typeof to === 'object') appendFileSync(to.file, `${line}\n`);
  else writeAll(to === 'stdout' ? 1 : 2, Buffer.from(`${line}\n`));
}

/** A pipe that nobody empties answers EAGAIN; the real program waits, too. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
