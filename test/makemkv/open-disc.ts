import { DiscflowError } from '../../service/errors.ts';
import type { Medium } from '../../service/scan/medium/medium.ts';
import type { DiscScan } from '../../service/scan/record.ts';
import { scanDisc } from '../../service/scan/scan-disc.ts';
import { discTrouble } from './disc-trouble.ts';
import { checkLicence, tellOfTrial } from './licence.ts';
import { outputName } from './output-name.ts';
import { busyFor, forEver } from './pace.ts';
import { FULL } from './robot.ts';
import { EXIT_NOT_LICENSED, type RunContext } from './run-context.ts';
import { faultAt } from './scenario.ts';
import { dataFolder } from './settings.ts';
import { openSource, parseSource, type Source, tellDrives } from './sources.ts';
import { type ListedTitle, listTitles } from './titles.ts';

export interface NamedTitle extends ListedTitle {
  /** Suggested for the file. */
  readonly name: string;
}

export interface OpenedDisc {
  readonly source: Source;
  readonly path: string;
  readonly medium: Medium;
  readonly scan: DiscScan;
  readonly titles: readonly NamedTitle[];
}

interface Opening {
  hidesDrives?: boolean;
  /** Called when nothing is in the way any more. */
  begins?: () => void;
}

/** The exit code when there is no disc to work with: everything about it has been said. */
export type NotOpened = number;

const WEBSITE = 'http://www.makemkv.com/';
const DRIVE_SCAN = { alone: 2, withOthers: 12 };
const OPENING_SECONDS = 8;

/**
 * From the start to 5011: what is said of the program, the licence and the drives, then the disc is
 * opened and its titles are listed. Throws `UsageError`.
 */
export async function openDisc(
  context: RunContext,
  { hidesDrives = false, begins = () => undefined }: Opening = {},
): Promise<OpenedDisc | NotOpened> {
  const { robot, scenario, line } = context;
  const source = parseSource(line.parameters[0] ?? '', scenario);
  const { version, newer, libreDrive } = scenario.program;
  robot.message(1005, `MakeMKV v${version} linux(x64-release)`);
  if (newer !== null) robot.message(5075, newer, `${WEBSITE}download/`);
  const licence = await checkLicence(scenario, robot);
  await scanDrives(context, source, hidesDrives);
  if (licence.permission === 'too-old') {
    robot.message(5021, WEBSITE);
    return EXIT_NOT_LICENSED;
  }
  const medium = await openSource(source);
  if (!medium || source.path === null) return notOpened(context);
  if (!licence.mayOpen(isBluray(medium) ? 'bluray' : 'dvd'))
    return notOpened(context, EXIT_NOT_LICENSED);
  if (libreDrive) robot.message(1011, 'Using LibreDrive mode (v02.1 id=STANDIN00001)');
  if (await discTrouble(context, source)) return notOpened(context);
  begins();
  const scan = await openTitles(context, source, medium);
  if (!scan) return notOpened(context);
  const titles = listTitles(scan, line, context.settings, robot).map((listed) => ({
    ...listed,
    name: outputName(listed, { scan, ...context }),
  }));
  if (scan.kind === 'dvd') robot.current(3104);
  else robot.message(5085);
  await tellOfTrial(scenario, robot);
  // A backup never says so (seen in a real one).
  if (line.command !== 'backup') robot.message(5011);
  return { source, path: source.path, medium, scan, titles };
}

async function scanDrives(context: RunContext, source: Source, hidden: boolean): Promise<void> {
  const { robot, scenario, line } = context;
  robot.total(5018);
  robot.current(5018);
  robot.progress(0, 0);
  const place = { source: source.path ?? '', command: line.command };
  if (source.path === null && faultAt(scenario, ['hang'], place)) {
    robot.message(3338, 'SDF', dataFolder);
    await forEver();
  }
  await busyFor(line.noScan ? DRIVE_SCAN.alone : DRIVE_SCAN.withOthers);
  robot.progress(FULL, FULL);
  if (faultAt(scenario, ['no-drive'], place)) robot.message(5042);
  await tellDrives(robot, { scenario, source, hidden });
}

function notOpened({ robot, line }: RunContext, exitCode = 0): NotOpened {
  robot.message(5010);
  if (line.command === 'info') robot.count(0);
  return exitCode;
}

function isBluray({ files }: Medium): boolean {
  return files.some(({ path }) => path.startsWith('BDMV/'));
}

/** Null when the disc's structure cannot be read; what could not be read has been said. */
async function openTitles(
  { robot, line }: RunContext,
  { form }: Source,
  medium: Medium,
): Promise<DiscScan | null> {
  const bluray = isBluray(medium);
  robot.total(bluray ? 3404 : form === 'file' ? 3101 : 3100);
  if (!bluray && line.directAccess) robot.message(3007);
  const phases = bluray ? BLURAY_PHASES : DVD_PHASES;
  for (const [step, phase] of phases.entries()) {
    robot.current(phase, phase === 3120 ? 1 : 0);
    robot.progress(0, (FULL * step) / phases.length);
    await busyFor(OPENING_SECONDS / phases.length);
    robot.progress(FULL, (FULL * (step + 1)) / phases.length);
  }
  try {
    return await scanDisc(medium);
  } catch (error) {
    if (!(error instanceof DiscflowError)) throw error;
    robot.message(2003, 'Scsi error - MEDIUM ERROR:UNRECOVERED READ ERROR', medium.source, 0);
    return null;
  }
}

const DVD_PHASES = [3102, 3120, 3103] as const;
const BLURAY_PHASES = [3400, 3401, 3402, 3406, 3103] as const;
