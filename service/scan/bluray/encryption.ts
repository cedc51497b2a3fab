import { systemCode } from '../../errors.ts';
import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { hasScrambledUnit, UNIT_BYTES } from './aligned-units.ts';

const bdPlus = /^BDSVM\/.+/;
const aacs = /^AACS\/(?:DUPLICATE\/)?UNIT_KEY_RO\.INF$/;
const stream = /^BDMV\/STREAM\/\d{5}\.M2TS$/;

/** Streams and places in each that are looked at on a disc that names no protection. */
const streams = 3;
const places = 4;
const unitsAtPlace = 8;

interface Options {
  signal?: AbortSignal | undefined;
}

/**
 * What protects the streams: the files of AACS and BD+ say so. Where somebody copied an encrypted
 * disc without them the streams do; a drive that was not unlocked refuses to read them (an EIO for
 * us). Throws `disc-removed`.
 */
export async function findEncryption(
  medium: Medium,
  { signal }: Options = {},
): Promise<'aacs' | 'bdplus' | null> {
  if (medium.files.some(({ path }) => bdPlus.test(path))) return 'bdplus';
  if (medium.files.some(({ path }) => aacs.test(path))) return 'aacs';
  return (await hasScrambledStream(medium, signal)) ? 'aacs' : null;
}

async function hasScrambledStream(medium: Medium, signal: AbortSignal | undefined) {
  let readable = 0;
  let refused = 0;
  for (const { path, position, bytes } of samples(medium)) {
    signal?.throwIfAborted();
    const units = Buffer.alloc(bytes);
    try {
      await medium.read(path, position, units);
      readable++;
      if (hasScrambledUnit(units)) return true;
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (systemCode(error.cause) === 'EIO') refused++;
    }
  }
  return medium.origin === 'device' && readable === 0 && refused > 0;
}

/** Whole units, spread over the biggest streams. */
function samples({ files }: Medium) {
  const biggest = files
    .filter(({ path }) => stream.test(path))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, streams);
  return biggest.flatMap(({ path, bytes }) => {
    const units = Math.floor(bytes / UNIT_BYTES);
    const count = Math.min(unitsAtPlace, units);
    if (count === 0) return [];
    return Array.from({ length: places }, (_, place) => {
      const unit = Math.floor(((units - count) * place) / (places - 1));
      return { path, position: unit * UNIT_BYTES, bytes: count * UNIT_BYTES };
    });
  });
}
