/**
 * The program that reads one device: a drive may keep a read for minutes, and a process of its own can be left
 * behind then, while a thread would be one of the four that the whole service reads and writes files with.
 *
 * Standard input brings requests of 16 bytes: position (float64), length (uint32), zero (uint32). Standard output
 * takes answers: a status (int32: bytes that follow, or the negative number of the system's error) and the bytes.
 * The first answer, without a request, is that of opening: 1 and one byte, whether it is a block device.
 * The end of the input ends the program.
 */
import { constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';

const REQUEST_BYTES = 16;
const PIPE_PAUSE_MS = 1;
const sleeping = new Int32Array(new SharedArrayBuffer(4));
const [path = ''] = process.argv.slice(2);

const device = attempt(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
if (device < 0) answer(device);
else {
  answer(1, Buffer.of(fstatSync(device).isBlockDevice() ? 1 : 0));
  serve(device);
}

function serve(fd: number): void {
  const request = Buffer.alloc(REQUEST_BYTES);
  let room = Buffer.alloc(0);
  while (readFully(request)) {
    const position = request.readDoubleLE(0);
    const length = request.readUInt32LE(8);
    if (room.length < length) room = Buffer.allocUnsafeSlow(length);
    const count = attempt(() => readSync(fd, room, 0, length, position));
    answer(count, room.subarray(0, Math.max(0, count)));
  }
}

/** False at the end of the input, also when the service was killed. */
function readFully(into: Buffer): boolean {
  for (let done = 0; done < into.length; ) {
    const count = patiently(() => readSync(0, into, done, into.length - done, null));
    if (count === 0) return false;
    done += count;
  }
  return true;
}

function answer(status: number, bytes: Buffer = Buffer.alloc(0)): void {
  const heading = Buffer.alloc(4);
  heading.writeInt32LE(status);
  for (const part of [heading, bytes])
    for (let done = 0; done < part.length; ) done += patiently(() => writeSync(1, part, done));
}

/** What the system call gives, or the negative number of its error (as `errno` of Node.js). */
function attempt(call: () => number): number {
  try {
    return call();
  } catch (error) {
    const known = error instanceof Error && 'errno' in error ? error.errno : undefined;
    return typeof known === 'number' && known < 0 ? known : -1;
  }
}

/** Waits where a pipe was made one that does not wait (Node.js does so once somebody uses it as a stream). */
function patiently(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(sleeping, 0, 0, PIPE_PAUSE_MS);
    }
  }
}
