import { cp, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UNIT_BYTES } from '../../../service/scan/bluray/aligned-units.ts';

/** AACS leaves the first bytes of each unit as they are. */
const PLAIN_BYTES = 16;
/** Copy permission indicator in the header of every source packet. */
const MARK = 0xc0;

/**
 * A copy of a disc's folder whose streams look encrypted with AACS: the units carry its mark and a
 * payload nobody can decode. No real AACS is involved.
 */
export async function scrambleStreams(folder: string, output: string): Promise<void> {
  await cp(folder, output, { recursive: true, preserveTimestamps: true });
  const streams = join(output, 'BDMV', 'STREAM');
  for (const name of await readdir(streams)) {
    if (!/\.m2ts$/i.test(name)) continue;
    const file = await open(join(streams, name), 'r+');
    try {
      const { size } = await file.stat();
      const content = Buffer.alloc(size);
      await file.read(content, 0, size, 0);
      for (const unit of unitsOf(content)) {
        change(unit);
        unit.writeUInt8(unit.readUInt8(0) | MARK, 0);
      }
      await file.write(content, 0, size, 0);
    } finally {
      await file.close();
    }
  }
}

/** Makes whole units at the start of a unit what they were; others stay as they are. */
export function descrambleUnits(bytes: Buffer): void {
  for (const unit of unitsOf(bytes)) {
    if ((unit.readUInt8(0) & MARK) !== MARK) continue;
    change(unit);
    unit.writeUInt8(unit.readUInt8(0) & ~MARK, 0);
  }
}

function* unitsOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + UNIT_BYTES <= bytes.length; at += UNIT_BYTES)
    yield bytes.subarray(at, at + UNIT_BYTES);
}

function change(unit: Buffer): void {
  for (let at = PLAIN_BYTES; at < UNIT_BYTES; at++) unit.writeUInt8(unit.readUInt8(at) ^ 0x5a, at);
}
