import type { Config, LibraryConfig } from '../config/resolve.ts';
import type { Problem } from '../contract/problem.ts';
import { checkKey } from '../makemkv/check-key.ts';
import { type ToolName, toolCatalog } from './catalog.ts';
import { type Check, check } from './check.ts';
import { checkDriveFolder, checkStaging, checkState } from './doctor-folders.ts';
import type { ToolFinder } from './find.ts';

interface Needs {
  readonly config: Config;
  readonly find: ToolFinder['find'];
  /** Null when the library is there, itself and writable. */
  readonly libraryProblem: (library: LibraryConfig) => Promise<Problem | null>;
  /** The catalogues that are switched on. */
  readonly catalogues: readonly Catalogue[];
  /** What understands speech; see `checkSpeech`. */
  readonly speech: () => Promise<Check[]>;
  /** The optical drives of this machine; see `checkOpticalDrives`. */
  readonly opticalDrives: () => Promise<Check[]>;
  /** Null when the broker lets us in; asked only when there is one beside the embedded. */
  readonly brokerProblem: (mqtt: Config['mqtt']) => Promise<Problem | null>;
}

interface Catalogue extends Pick<Check, 'name' | 'where' | 'neededFor'> {
  /** Null when it answers and accepts the key. */
  readonly problem: () => Promise<Problem | null>;
}

const LEAST_NODE = { major: 20, minor: 19 };
const USEFUL_TOOLS: readonly ToolName[] =
  process.platform === 'linux'
    ? ['ffmpeg', 'ffprobe', 'tesseract', 'setpriv']
    : ['ffmpeg', 'ffprobe', 'tesseract'];

/** Whether this station has everything it needs, in the order of a disc's way. */
export async function doctor(needs: Needs): Promise<Check[]> {
  const { config, find } = needs;
  const [opticalDrives, speech] = await Promise.all([needs.opticalDrives(), needs.speech()]);
  return Promise.all([
    checkNode(process.version),
    checkTool('mkvmerge', find, 'missing'),
    ...(await checkMakeMkv(config, find)),
    ...USEFUL_TOOLS.map((name) => checkTool(name, find, 'warn')),
    ...speech,
    ...config.drives.map(checkDriveFolder),
    ...opticalDrives,
    checkStaging(config.staging),
    checkState(config.state),
    ...config.libraries.map((library) => checkLibrary(library, needs)),
    ...needs.catalogues.map(async ({ problem, ...subject }) =>
      check(subject, await problem(), 'warn'),
    ),
    ...(config.mqtt.embedded ? embeddedBroker(config.mqtt) : [checkBroker(needs)]),
  ]);
}

/** `version` as in `process.version`. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  const isOld =
    major < LEAST_NODE.major || (major === LEAST_NODE.major && minor < LEAST_NODE.minor);
  return check(
    { name: 'Node.js', where: process.execPath, version, neededFor: 'everything' },
    isOld
      ? {
          message: `${version} is too old`,
          hint: `Install Node.js ${LEAST_NODE.major}.${LEAST_NODE.minor} or newer: https://nodejs.org`,
        }
      : null,
  );
}

/** Nobody needs a key for a program that is not there. */
async function checkMakeMkv(config: Config, find: ToolFinder['find']): Promise<Check[]> {
  if (!config.makemkv.enabled) return [];
  const program = await checkTool('makemkvcon', find, 'warn');
  return program.status === 'ok' ? [program, await checkKey(config)] : [program];
}

async function checkTool(
  name: ToolName,
  find: ToolFinder['find'],
  otherwise: 'warn' | 'missing',
): Promise<Check> {
  const { needed: neededFor, get: hint } = toolCatalog[name];
  const tool = await find(name);
  if (tool === null) {
    const trouble = { message: `${name} was not found`, hint };
    return check({ name, where: null, neededFor }, trouble, otherwise);
  }
  return check({ name, where: tool.path, version: tool.version, neededFor }, null);
}

async function checkLibrary(library: LibraryConfig, { libraryProblem }: Needs): Promise<Check> {
  const subject = {
    name: `library ${library.id}`,
    where: library.root,
    neededFor: 'filing what belongs there; jobs wait while it is away',
  };
  return check(subject, await libraryProblem(library));
}

async function checkBroker({ config: { mqtt }, brokerProblem }: Needs): Promise<Check> {
  const subject = {
    name: 'broker',
    where: mqtt.url ?? null,
    neededFor: 'Node-RED, Home Assistant, dashboards and phones',
  };
  return check(subject, await brokerProblem(mqtt));
}

/** Home Assistant drops MQTT 3.1.1 with 2027.1, and the embedded broker speaks nothing newer. */
function embeddedBroker({ host, port }: Config['mqtt']): Check[] {
  const where = `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return [
    check({ name: 'broker', where, version: 'embedded', neededFor: 'Node-RED, dashboards' }, null),
    check(
      { name: 'broker for Home Assistant', where: null, neededFor: 'Home Assistant' },
      {
        message: 'The embedded broker is not made for Home Assistant',
        hint: 'Install Mosquitto (in Home Assistant: the Mosquitto add-on) and set mqtt.url.',
      },
      'warn',
    ),
  ];
}
