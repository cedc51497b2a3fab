import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { type Clip, parseClpi } from './clpi.ts';
import { bdmvNumbers, readBdmv } from './read-bdmv.ts';

/** The stream files of a disc by number, each with what its clip information says. */
export interface Clips {
  /** Null where the clip information cannot be read: then only the size is known. */
  information: ReadonlyMap<string, Clip | null>;
  /** Of the stream files that are on the disc. */
  bytes: ReadonlyMap<string, number>;
}

const stream = /^BDMV\/STREAM\/(\d{5})\.M2TS$/;

/** Reads all clip information; what is damaged is told in words. Throws `disc-removed`. */
export async function readClips(
  medium: Medium,
  damaged: string[],
  signal: AbortSignal | undefined,
): Promise<Clips> {
  const bytes = new Map(
    medium.files.flatMap(({ path, bytes }): [string, number][] => {
      const number = stream.exec(path)?.[1];
      return number === undefined ? [] : [[number, bytes]];
    }),
  );
  const information = new Map<string, Clip | null>([...bytes.keys()].map((clip) => [clip, null]));
  for (const number of bdmvNumbers(medium, 'CLIPINF', 'CLPI')) {
    signal?.throwIfAborted();
    try {
      const file = await readBdmv(medium, `CLIPINF/${number}.CLPI`, parseClpi);
      if (bytes.has(number)) information.set(number, file.value);
      if (file.damaged) damaged.push(file.damaged);
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push(`Clip information ${number} cannot be read: ${error.message}`);
    }
  }
  return { information, bytes };
}
