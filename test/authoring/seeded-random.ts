import { createHash } from 'node:crypto';

/** Numbers in 0..1 that are the same for the same seed on every machine. */
export function seededRandom(seed: string): () => number {
  let counter = 0;
  return () => {
    const digest = createHash('sha256').update(`${seed}/${counter++}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  };
}
