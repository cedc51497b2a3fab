import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Low } from 'lowdb';
import { decodeTime } from 'ulid';
import { z } from 'zod';
import type { Problem } from '../contract/problem.ts';
import { At, Ulid } from '../contract/values.ts';
import { systemCode, toProblem } from '../errors.ts';
import { JobDocument } from '../jobs/document.ts';
import { syncFolder } from './durable-file.ts';
import { jsonFile } from './json-file.ts';

/** How many ended jobs stay visible on MQTT for a day. */
const RECENT_LIMIT = 50;

const StationDocument = z.object({
  v: z.literal(1),
  seq: z.int().nonnegative().describe('highest event number among archived jobs'),
  recent: z.array(z.object({ id: Ulid, endedAt: At })),
});
type StationDocument = z.infer<typeof StationDocument>;

/** One job's file, held open in memory by lowdb. */
export type JobFile = Low<JobDocument>;

/**
 * The jobs on disk: `jobs/<id>.json` for those that still have something to do or to tell, and
 * `archive/<yyyy-mm>/<id>.json` (month of creation, from the ULID) for the rest, which a start never reads.
 */
export class JobStore {
  readonly #folder: string;
  #station: Low<StationDocument>;

  constructor(folder: string) {
    this.#folder = folder;
    this.#station = new Low(jsonFile(join(folder, 'station.json'), StationDocument), {
      v: 1,
      seq: 0,
      recent: [],
    });
  }

  /** Reads all open jobs. A damaged one is left out and reported, so that the others go on. */
  async open(): Promise<{ files: JobFile[]; problems: Problem[] }> {
    await mkdir(join(this.#folder, 'jobs'), { recursive: true });
    await this.#station.read();
    const files: JobFile[] = [];
    const problems: Problem[] = [];
    for (const id of await idsIn(join(this.#folder, 'jobs'))) {
      try {
        const file = await this.#load(this.#openPath(id));
        if (file) files.push(file);
      } catch (error) {
        problems.push(toProblem(error));
      }
    }
    return { files, problems };
  }

  /** The highest event number that archived jobs ever used. */
  get archivedSeq(): number {
    return this.#station.data.seq;
  }

  /** Ended jobs that are archived already but still shown. */
  get recent(): readonly { id: string; endedAt: string }[] {
    return this.#station.data.recent;
  }

  /** Starts the file of a new job; nothing is on disk until it is written. */
  create(document: JobDocument): JobFile {
    return new Low(jsonFile(this.#openPath(document.id), JobDocument), document);
  }

  /** Moves an ended job out of the way. The station's number is safe before the job is moved. */
  async archive(job: JobDocument): Promise<void> {
    await this.#rememberArchived(job);
    const to = this.#archivePath(job.id);
    await mkdir(dirname(to), { recursive: true });
    await rename(this.#openPath(job.id), to);
    await syncFolder(dirname(to));
    await syncFolder(join(this.#folder, 'jobs'));
  }

  /** Brings an archived job back, or null when there is none with this id. */
  async reopen(id: string): Promise<JobFile | null> {
    try {
      await rename(this.#archivePath(id), this.#openPath(id));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
    await syncFolder(join(this.#folder, 'jobs'));
    return this.#load(this.#openPath(id));
  }

  /** Reads an archived job where it is. */
  async readArchived(id: string): Promise<JobDocument | null> {
    return (await this.#load(this.#archivePath(id)))?.data ?? null;
  }

  async removeArchived(id: string): Promise<void> {
    await rm(this.#archivePath(id), { force: true });
  }

  /** Ids of archived jobs created in a span of time, newest first; only their names are read. */
  async archivedIds({ since, until }: { since: number; until: number }): Promise<string[]> {
    const months = await namesIn(join(this.#folder, 'archive'));
    const ids: string[] = [];
    for (const month of months.filter((m) => m >= monthOf(since) && m <= monthOf(until)))
      ids.push(...(await idsIn(join(this.#folder, 'archive', month))));
    return ids
      .filter((id) => decodeTime(id) >= since && decodeTime(id) <= until)
      .sort()
      .reverse();
  }

  async #rememberArchived(job: JobDocument): Promise<void> {
    const { data } = this.#station;
    const endedAt = job.endedAt ?? job.updatedAt;
    const others = data.recent.filter((entry) => entry.id !== job.id);
    const recent = [...others, { id: job.id, endedAt }].slice(-RECENT_LIMIT);
    this.#station.data = { v: 1, seq: Math.max(data.seq, job.seq), recent };
    await this.#station.write();
  }

  async #load(path: string): Promise<JobFile | null> {
    const adapter = jsonFile(path, JobDocument);
    const document = await adapter.read();
    return document === null ? null : new Low(adapter, document);
  }

  #openPath(id: string): string {
    return join(this.#folder, 'jobs', `${id}.json`);
  }

  #archivePath(id: string): string {
    return join(this.#folder, 'archive', monthOf(decodeTime(id)), `${id}.json`);
  }
}

function monthOf(time: number): string {
  return new Date(Math.min(Math.max(time, 0), 8e15)).toISOString().slice(0, 7);
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => Ulid.safeParse(id).success);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
