import { z } from 'zod';
import type { Config } from '../config/resolve.ts';
import type { Problem } from '../contract/problem.ts';
import { DriveAttributes, DriveState, Presence } from '../contract/station.ts';
import { hardwareName } from '../drives/optical/hardware-name.ts';
import { hostPlatform } from '../drives/optical/host-platform.ts';
import type { DriveHolder, DriveSighting } from '../drives/optical/platform.ts';
import { DiscflowError } from '../errors.ts';
import { createToolFinder } from '../tools/find.ts';
import { createToolRunner } from '../tools/run.ts';
import { type Paint, paintFor } from './paint.ts';
import { type ServiceClient, withService } from './service-client.ts';
import { readSettings } from './settings.ts';
import { tableOf } from './table.ts';
import { count, printable } from './words.ts';

/** A drive as the running service knows it. */
interface KnownDrive {
  id: string;
  available: boolean;
  attributes: DriveAttributes | null;
  state: DriveState | null;
}

/** An optical drive with who uses it, as far as the user of the command may see. */
interface HeldDrive extends DriveSighting {
  holders: readonly DriveHolder[];
}

/** What this machine itself says of its optical drives. */
interface Hardware {
  drives: readonly HeldDrive[];
  problems: readonly (Problem | { message: string; hint: string })[];
}

/** Prints the drives of the service, and those of this machine with what the configuration may name. @returns the exit code */
export async function listDrives({
  data,
  json,
}: {
  data?: string;
  json?: boolean;
}): Promise<number> {
  const { config } = await readSettings(data);
  const [known, hardware] = await Promise.all([fromService(config), fromMachine()]);
  if (json) process.stdout.write(`${JSON.stringify({ drives: known, hardware })}\n`);
  else process.stdout.write(`${wordsFor(known, hardware, paintFor(process.stdout)).join('\n')}\n`);
  return 0;
}

/** Null, with a word on the standard error, when the service does not run. */
async function fromService(config: Config): Promise<KnownDrive[] | null> {
  try {
    return await withService(config, retainedDrives);
  } catch (error) {
    if (!(error instanceof DiscflowError)) throw error;
    process.stderr.write(`${paintFor(process.stderr)('yellow', '!')} ${error.message}.\n`);
    return null;
  }
}

/** Retained topics arrive before the answer to a request that follows the subscription. */
async function retainedDrives({ client, topics, request }: ServiceClient): Promise<KnownDrive[]> {
  const drives = new Map<string, KnownDrive>();
  client.on('message', (topic, payload) => {
    const [, id, level] = /\/drive\/([\w-]+)\/(availability|attributes|state)$/.exec(topic) ?? [];
    if (id === undefined || payload.length === 0) return;
    const drive = drives.get(id) ?? { id, available: false, attributes: null, state: null };
    drives.set(id, drive);
    const text = payload.toString();
    if (level === 'availability') drive.available = Presence.safeParse(text).data === 'online';
    if (level === 'attributes') drive.attributes = asJson.pipe(DriveAttributes).parse(text);
    if (level === 'state') drive.state = asJson.pipe(DriveState).parse(text);
  });
  const levels = [topics.driveAvailability, topics.driveAttributes, topics.driveState];
  for (const level of levels) await client.subscribeAsync(level('+'), { qos: 1 });
  await request('job/list', { states: [] });
  return [...drives.values()].toSorted((a, b) => a.id.localeCompare(b.id));
}

const asJson = z.string().transform((text): unknown => JSON.parse(text));

async function fromMachine(): Promise<Hardware> {
  const run = createToolRunner();
  const platform = await hostPlatform({ find: createToolFinder({ run }).find, run });
  if (!platform) return { drives: [], problems: [unseen()] };
  const [sightings, problems] = await Promise.all([platform.list(), platform.missing()]);
  const drives = await Promise.all(
    sightings.map(async (drive) => ({ ...drive, holders: await platform.holders(drive) })),
  );
  return { drives, problems };
}

function unseen(): { message: string; hint: string } {
  return {
    message: `Discflow cannot see optical drives on ${process.platform}`,
    hint: 'Copy discs to images and drop those into a folder of images.',
  };
}

function wordsFor(known: KnownDrive[] | null, hardware: Hardware, paint: Paint): string[] {
  const parts = [
    known === null ? [] : serviceWords(known, paint),
    hardwareWords(hardware.drives, paint),
    furtherProblems(hardware).flatMap(({ message, hint }) => [
      `${paint('yellow', '!')} ${printable(message)}`,
      `  ${printable(hint)}`,
    ]),
  ].filter((lines) => lines.length > 0);
  return parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** What mends a drive mends its device for commands, too: said once. */
function furtherProblems({ drives, problems }: Hardware): Hardware['problems'] {
  const said = new Set(drives.flatMap(({ problem }) => problem?.hint ?? []));
  return problems.filter(({ hint }) => !said.has(hint));
}

function serviceWords(drives: readonly KnownDrive[], paint: Paint): string[] {
  const [heading = '', ...lines] = tableOf<KnownDrive>(
    [
      { heading: 'DRIVE', cell: ({ id }) => id },
      { heading: 'STATE', cell: stateOf },
      { heading: 'DISC', cell: ({ state }) => printable(state?.disc ?? '') },
      { heading: 'WHERE', cell: ({ attributes }) => printable(attributes?.location ?? '') },
      { heading: 'NAME', cell: ({ attributes }) => printable(attributes?.name ?? '') },
      { heading: 'NEXT DISC', cell: ({ state }) => printable(state?.armed ?? '') },
    ],
    drives,
  );
  return [
    paint('gray', heading),
    ...drives.flatMap(({ state }, index) => [lines[index] ?? '', ...problemLines(state)]),
  ];
}

function stateOf({ available, state }: KnownDrive): string {
  return available ? (state?.state ?? '') : 'not there';
}

function problemLines(state: DriveState | null): string[] {
  if (!state?.problem) return [];
  return [`  ${printable(state.problem.message)}`, `  ${printable(state.problem.hint)}`];
}

function hardwareWords(drives: readonly HeldDrive[], paint: Paint): string[] {
  if (drives.length === 0) return ['This machine has no optical drive.'];
  const [heading = '', ...lines] = tableOf<HeldDrive>(
    [
      { heading: 'DEVICE', cell: ({ device, name }) => device || name },
      { heading: 'MODEL', cell: ({ hardware }) => printable(hardwareName(hardware)) },
      { heading: 'DISC', cell: ({ content }) => printable(contentWords(content)) },
      { heading: 'USED BY', cell: ({ holders }) => printable(holderWords(holders)) },
      { heading: 'SERIAL', cell: ({ hardware }) => printable(serialOf(hardware)) },
      { heading: 'PORT', cell: ({ hardware }) => printable(hardware.port ?? '') },
    ],
    drives,
  );
  return [
    'Optical drives of this machine, with the numbers that the configuration may name:',
    paint('gray', heading),
    ...drives.flatMap(({ problem }, index) => [
      lines[index] ?? '',
      ...(problem ? [`  ${printable(problem.message)}`, `  ${printable(problem.hint)}`] : []),
    ]),
  ];
}

const typeNames = { cd: 'CD', dvd: 'DVD', bluray: 'Blu-ray', unknown: 'disc' };

function contentWords(content: DriveSighting['content']): string {
  if (content.state !== 'loaded') return content.state;
  const { type, blank, audioTracks, label } = content.media;
  const sound = audioTracks ? `, ${count(audioTracks, 'track')} of music` : '';
  return `${blank ? 'blank ' : ''}${typeNames[type]}${sound}${label ? ` ${label}` : ''}`;
}

function holderWords(holders: readonly DriveHolder[]): string {
  const words = holders.map((holder) =>
    holder.kind === 'mount' ? `mount ${holder.path}` : `${holder.program} (${holder.pid})`,
  );
  return words.join(', ');
}

function serialOf({ serial, bridgeSerial }: DriveSighting['hardware']): string {
  return serial ?? (bridgeSerial === null ? '' : `${bridgeSerial} (of its bridge)`);
}
