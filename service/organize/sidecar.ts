import { basename, dirname, join } from 'node:path';
import type { Title } from '../contract/title.ts';
import type { JobDocument } from '../jobs/document.ts';
import { writeBeside } from './write-beside.ts';

/**
 * Where a file came from, one hidden JSON file beside each filed file. One per file, not per folder: discs of a season
 * never edit each other's record, undo removes exactly its own, and the name follows the file's.
 */
export function sidecarPath(path: string): string {
  const stem = basename(path).replace(/\.[^.]*$/, '');
  return join(dirname(path), `.${stem}.discflow.json`);
}

export interface Provenance {
  readonly job: JobDocument;
  readonly title: Title;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly library: string;
  readonly template: string;
  /** Version of Discflow. */
  readonly version: string;
}

export async function writeSidecar(provenance: Provenance): Promise<void> {
  const { path } = provenance;
  await writeBeside(sidecarPath(path), `${JSON.stringify(contentOf(provenance), null, 2)}\n`);
}

function contentOf({ job, title, path, bytes, sha256, library, template, version }: Provenance) {
  const { fingerprint, globalId, label, kind } = job.disc;
  const { id, number, role, duration, chapters, match } = title;
  return {
    v: 1,
    discflow: version,
    filedAt: new Date().toISOString(),
    job: job.id,
    disc: { kind, label, fingerprint, globalId },
    title: { id, number, role, duration, chapters },
    file: { name: basename(path), bytes, sha256 },
    identity: job.identity,
    match,
    library,
    template,
  };
}
