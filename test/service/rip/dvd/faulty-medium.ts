import { DiscflowError } from '../../../../service/errors.ts';
import { streamOf } from '../../../../service/rip/dvd/pack.ts';
import { type Medium, SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

const PADDING_STREAM = 0xbe;

/** A drive that counts how often each sector of the film was read. */
export function countReads(medium: Medium, reads: Map<string, number>): Medium {
  return {
    ...medium,
    async read(path, position, into) {
      if (path.endsWith('.VOB'))
        for (let at = position; at < position + into.length; at += SECTOR_BYTES)
          reads.set(`${path} ${at}`, (reads.get(`${path} ${at}`) ?? 0) + 1);
      await medium.read(path, position, into);
    },
  };
}

/** A drive that fails with `code` at some reads. */
export function failReads(
  medium: Medium,
  code: 'read-error' | 'disc-removed',
  fails: (path: string, from: number, to: number) => boolean,
): Medium {
  return {
    ...medium,
    async read(path, position, into) {
      if (fails(path, position, position + into.length))
        throw new DiscflowError(code, `made to fail: ${code}`, { hint: 'none' });
      await medium.read(path, position, into);
    },
  };
}

/**
 * A disc on which an audio substream only begins at this position of each VOB file: padding is
 * there before.
 */
export function delaySubstream(medium: Medium, substream: number, begins: number): Medium {
  return {
    ...medium,
    async read(path, position, into) {
      await medium.read(path, position, into);
      if (!path.endsWith('.VOB')) return;
      for (let pack = 0; pack < into.length && position + pack < begins; pack += SECTOR_BYTES)
        if (streamOf(into, pack) === substream) into[pack + 17] = PADDING_STREAM;
    },
  };
}
