import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError, systemCode } from '../../service/errors.ts';
import type { Medium } from '../../service/scan/medium/medium.ts';
import { makeMkv } from './make-mkv.ts';
import type { NamedTitle, OpenedDisc } from './open-disc.ts';
import { busyFor, forEver, repeatForEver } from './pace.ts';
import type { RunContext } from './run-context.ts';
import { type Fault, faultAt, titleFaults } from './scenario.ts';

interface Saving {
  disc: OpenedDisc;
  named: NamedTitle;
  folder: string;
  /** How much of the title has been written. */
  told: (share: number) => void;
}

export type SaveEnd = 'saved' | 'failed' | 'removed';

const UNREADABLE = 'Scsi error - MEDIUM ERROR:L-EC UNCORRECTABLE ERROR';
const TRAY_OPEN = 'Scsi error - NOT READY:MEDIUM NOT PRESENT - TRAY OPEN';
const WEBSITE = 'http://www.makemkv.com/developers/';
/** Of a DVD drive at six times the speed of playing. */
const BYTES_A_SECOND = 8_000_000;
const STEPS = 32;
const TRIES = 4;
const DRIP_BYTES = 64;

/**
 * Saves one title under its final name from the start, growing as a drive reads it, with what the
 * scenario has planned for it.
 */
export async function saveTitle(context: RunContext, saving: Saving): Promise<SaveEnd> {
  const { robot, scenario } = context;
  const { disc, named, folder } = saving;
  const file = join(folder, named.name);
  const fault = faultAt(scenario, titleFaults, {
    source: disc.path,
    command: 'mkv',
    title: named.title.number,
  });
  if (fault?.kind === 'create-error') {
    robot.message(2019, 'Posix error - Permission denied', file);
    return 'failed';
  }
  const made = await readTitle(context, saving);
  if (typeof made === 'string') return made;
  try {
    const output = await create(file, context);
    try {
      return await write(context, { ...saving, made, output, file, fault });
    } finally {
      await output.close();
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    robot.message(code === 'ENOSPC' ? 2018 : 2019, `Posix error - ${code}`, file, 0);
    return 'failed';
  } finally {
    await made.close();
  }
}

/** A file that exists brings up a question, which a pipe cannot answer. */
async function create(file: string, { robot }: RunContext): Promise<FileHandle> {
  try {
    return await open(file, 'wx');
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    robot.message(5001, file);
    return forEver();
  }
}

async function readTitle(
  { robot, settings }: RunContext,
  { disc, named }: Saving,
): Promise<FileHandle | SaveEnd> {
  const { scan } = disc;
  const failure: { at?: { path: string; position: number } } = {};
  const medium = noting(disc.medium, failure);
  try {
    return await makeMkv({ scan, medium, title: named.title, settings });
  } catch (error) {
    if (!(error instanceof DiscflowError)) throw error;
    const gone = error.code === 'disc-removed';
    const { path, position } = failure.at ?? { path: disc.path, position: 0 };
    for (let i = 0; i < TRIES; i++)
      robot.message(2003, gone ? TRAY_OPEN : UNREADABLE, `/${path}`, position);
    return gone ? 'removed' : 'failed';
  }
}

/** A medium that keeps where reading failed. */
function noting(medium: Medium, failure: { at?: { path: string; position: number } }): Medium {
  return {
    ...medium,
    async read(path, position, into) {
      try {
        await medium.read(path, position, into);
      } catch (error) {
        failure.at ??= { path, position };
        throw error;
      }
    },
  };
}

interface Writing extends Saving {
  made: FileHandle;
  output: FileHandle;
  file: string;
  fault: Fault | undefined;
}

async function write(context: RunContext, writing: Writing): Promise<SaveEnd> {
  const { made, output, told, fault, named, file } = writing;
  const { size } = await made.stat();
  const step = Math.ceil(size / STEPS);
  const buffer = Buffer.alloc(step);
  const faultFrom = fault === undefined ? Number.POSITIVE_INFINITY : size * fault.at;
  for (let done = 0; done < size; ) {
    if (done >= faultFrom) {
      const end = await happen(context, writing, done);
      if (end !== null) return end;
    }
    const { bytesRead } = await made.read(buffer, 0, step, done);
    await output.write(buffer, 0, bytesRead);
    done += bytesRead;
    await busyFor(((bytesRead / size) * named.title.bytes) / BYTES_A_SECOND);
    told(done / size);
  }
  if (fault?.kind === 'missing') await rm(file);
  return 'saved';
}

/** Null: it goes on. */
async function happen(
  { robot }: RunContext,
  { fault, file, output, named, told }: Writing,
  done: number,
): Promise<SaveEnd | null> {
  const source = vobOf(named);
  switch (fault?.kind) {
    case 'read-errors':
      for (let i = 0; i < TRIES; i++) robot.message(2003, UNREADABLE, source, done);
      robot.message(2023, TRIES, UNREADABLE, WEBSITE);
      return 'failed';
    case 'removed':
      robot.message(2003, TRAY_OPEN, source, done);
      return 'removed';
    case 'write-error':
      robot.message(2018, 'Posix error - Input/output error', file, done);
      return 'failed';
    case 'truncated':
      return 'saved';
    case 'stall-silent':
      return forEver();
    case 'stall-talking':
      return repeatForEver(1, () => told(fault.at));
    case 'drip':
      return repeatForEver(1, () => output.write(Buffer.alloc(DRIP_BYTES)));
    case 'crash':
    case 'killed':
      process.kill(process.pid, fault.kind === 'crash' ? 'SIGSEGV' : 'SIGKILL');
      return forEver();
    default:
      return null;
  }
}

function vobOf({ title }: NamedTitle): string {
  if ('titleSet' in title) return `/VIDEO_TS/VTS_${String(title.titleSet).padStart(2, '0')}_1.VOB`;
  return 'items' in title ? `/BDMV/STREAM/${title.items[0]?.clip}.m2ts` : '/';
}
