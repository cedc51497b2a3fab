import { open } from 'node:fs/promises';
import { z } from 'zod';
import { Disc } from '../contract/job.ts';
import { At, Ulid } from '../contract/values.ts';
import { sidecarPath } from '../organize/sidecar.ts';

/** The part of a sidecar that tells which disc a file came from. */
const Sidecar = z.object({
  filedAt: At,
  job: Ulid,
  disc: z.object({ kind: Disc.shape.kind, fingerprint: z.string().nullable() }),
  identity: z.object({ edition: z.string().nullable() }).nullable(),
});

const MOST_BYTES = 256 * 1024;

export interface Provenance {
  job: string;
  at: string;
  kind: z.infer<typeof Disc.shape.kind>;
  fingerprint: string | null;
  edition: string | null;
}

/** Where a file of a library came from, if it was filed by us; a sidecar that cannot be read says nothing. */
export async function readProvenance(path: string): Promise<Provenance | null> {
  const text = await readBeginning(sidecarPath(path)).catch(() => null);
  if (text === null) return null;
  const { data } = Sidecar.safeParse(parseJson(text));
  if (!data) return null;
  const { filedAt: at, job, disc, identity } = data;
  return {
    job,
    at,
    kind: disc.kind,
    fingerprint: disc.fingerprint,
    edition: identity?.edition ?? null,
  };
}

async function readBeginning(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
