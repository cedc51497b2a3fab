import { DiscflowError } from '../../service/errors.ts';
import type { Medium } from '../../service/scan/medium/medium.ts';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import { UsageError } from './command-line.ts';
import { descrambled } from './descrambled.ts';
import type { DriveRow, Robot } from './robot.ts';
import type { Scenario } from './scenario.ts';

export interface Source {
  readonly form: 'dev' | 'iso' | 'file' | 'disc';
  /** Path of what is read; null when there is nothing to read. */
  readonly path: string | null;
}

/** Ask for this one to be told of the drives only. */
const NO_DISC = 'disc:9999';
const SLOTS = 16;
const DVD = 1;
const BLURAY = 4;
const AACS = 8;
const BD_PLUS = 16;
const states = { empty: 0, open: 1, disc: 2, loading: 3 };
const NO_DRIVE = 256;

/** Throws `UsageError` for what is no source. */
export function parseSource(text: string, { drives }: Scenario): Source {
  const colon = text.indexOf(':');
  const form = text.slice(0, Math.max(0, colon));
  const rest = text.slice(colon + 1);
  switch (form) {
    case 'dev': {
      const drive = drives.find(({ device }) => device === rest);
      return { form, path: drive ? pathIn(drive) : rest };
    }
    case 'iso':
    case 'file':
      return { form, path: rest };
    case 'disc': {
      const drive = drives[Number(rest)];
      return { form, path: text === NO_DISC || !drive ? null : pathIn(drive) };
    }
    default:
      throw new UsageError(`${text} is no source`);
  }
}

function pathIn({ state, source, device }: Scenario['drives'][number]): string | null {
  return state === 'disc' ? (source ?? device) : null;
}

/** Null when there is nothing that can be opened: the real program says no more about it either. */
export async function openSource({ path }: Source): Promise<Medium | null> {
  if (path === null) return null;
  try {
    return descrambled(await openMedium(path));
  } catch (error) {
    if (error instanceof DiscflowError) return null;
    throw error;
  }
}

interface Telling {
  scenario: Scenario;
  source: Source;
  /** How a backup shows them: without labels and states. */
  hidden?: boolean;
}

/** Sixteen rows, whatever there is; a drive that is read without being known is the first. */
export async function tellDrives(robot: Robot, { scenario, source, hidden }: Telling) {
  const drives = [...scenario.drives];
  const { form, path } = source;
  if (form === 'dev' && path !== null && !drives.some((drive) => pathIn(drive) === path))
    drives.unshift({ state: 'disc', name: 'BD-RE STANDIN DRIVE 1.00 STANDIN00000', device: path });
  for (let index = 0; index < SLOTS; index++) {
    const drive = drives[index];
    robot.drive(drive ? await rowOf(drive, index, hidden) : emptySlot(index));
  }
  return drives.length;
}

function emptySlot(index: number): DriveRow {
  return { index, state: NO_DRIVE, flags: 0, name: '', label: '', device: '' };
}

async function rowOf(
  drive: Scenario['drives'][number],
  index: number,
  hidden = false,
): Promise<DriveRow> {
  const { name, device } = drive;
  const medium = hidden ? null : await openSource({ form: 'dev', path: pathIn(drive) });
  const flags = medium ? flagsOf(medium) : 0;
  await medium?.close();
  const state = hidden ? 0 : states[drive.state];
  return { index, state, flags, name, label: medium?.label ?? '', device };
}

function flagsOf({ files }: Medium): number {
  const has = (folder: string) => files.some(({ path }) => path.startsWith(`${folder}/`));
  const marks = { VIDEO_TS: DVD, BDMV: BLURAY, AACS, BDSVM: BD_PLUS };
  return Object.entries(marks).reduce((sum, [folder, flag]) => sum + (has(folder) ? flag : 0), 0);
}
