import type { Config } from '../config/resolve.ts';
import { hostPlatform } from '../drives/optical/host-platform.ts';
import { toProblem } from '../errors.ts';
import { checkSpeech } from '../match/evidence/speech/check-speech.ts';
import { referenceSourcesOf } from '../match/references/check-sources.ts';
import { cataloguesOf } from '../metadata/catalogues.ts';
import { checkLibrary } from '../organize/marker.ts';
import type { Check } from '../tools/check.ts';
import { doctor } from '../tools/doctor.ts';
import { checkOpticalDrives } from '../tools/doctor-drives.ts';
import { createToolFinder } from '../tools/find.ts';
import { packagesFolder } from '../tools/npm-package.ts';
import type { ProcessLedger } from '../tools/process-ledger.ts';
import { createToolRunner } from '../tools/run.ts';
import { type Colour, type Paint, paintFor } from './paint.ts';
import { tryBroker } from './service-client.ts';
import { readSettings, type Settings } from './settings.ts';
import { tableOf } from './table.ts';
import { count, printable } from './words.ts';

interface DoctorOptions {
  data?: string;
  json?: boolean;
}

/** Prints whether everything is there. @returns the exit code: 1 when something required is missing */
export async function runDoctor({ data, json }: DoctorOptions): Promise<number> {
  const settings = await readSettings(data);
  const checks = await examine(settings);
  if (json) process.stdout.write(`${JSON.stringify(checks)}\n`);
  else process.stdout.write(`${inWords(checks, settings, paintFor(process.stdout)).join('\n')}\n`);
  return checks.some(({ status }) => status === 'missing') ? 1 : 0;
}

function examine({ config, written }: Settings): Promise<Check[]> {
  const { mkvmerge, makemkvcon, ffmpeg } = config.tools;
  const configured = {
    ...(mkvmerge && { mkvmerge }),
    ...(makemkvcon && { makemkvcon }),
    ...(ffmpeg && { ffmpeg }),
  };
  const run = createToolRunner({ ledger: noLedger });
  const packages = packagesFolder(config);
  const { find } = createToolFinder({ run, configured, packages });
  return doctor({
    config: written ? config : withoutPlaces(config),
    find,
    libraryProblem: async (library) => {
      const check = await checkLibrary(library);
      return check.state === 'ok' ? null : toProblem(check.problem);
    },
    opticalDrives: async () =>
      checkOpticalDrives(await hostPlatform({ find, run }), written ? config.opticalDrives : []),
    catalogues: [...cataloguesOf(config), ...referenceSourcesOf(config)],
    speech: () => checkSpeech({ config: config.speech, packages, run, find }),
    brokerProblem: async () => {
      const problem = await tryBroker(config);
      return problem && toProblem(problem);
    },
  });
}

/** Before the first start nobody has chosen drives and libraries, so none can be missing. */
function withoutPlaces(config: Config): Config {
  return { ...config, drives: [], libraries: [] };
}

/** Asking a program for its version leaves nothing behind that a later start would have to end. */
const noLedger: ProcessLedger = {
  record: async () => async () => undefined,
  reap: async () => 0,
};

const marks: Record<Check['status'], { sign: string; colour: Colour }> = {
  ok: { sign: '✔', colour: 'green' },
  warn: { sign: '!', colour: 'yellow' },
  missing: { sign: '✗', colour: 'red' },
};

function inWords(checks: readonly Check[], { file, written }: Settings, paint: Paint): string[] {
  const [, ...lines] = tableOf<Check>(
    [
      { heading: '', cell: ({ name, status }) => `${markOf(status, paint)} ${name}` },
      { heading: '', cell: ({ version }) => version ?? '' },
      { heading: '', cell: ({ where }) => printable(where ?? '') },
    ],
    checks,
  );
  return [
    written ? `Configuration: ${file}` : `No configuration yet: "discflow serve" writes ${file}`,
    '',
    ...checks.flatMap((check, index) => [lines[index] ?? '', ...notesOn(check, paint)]),
    '',
    conclusion(checks, paint),
  ];
}

function markOf(status: Check['status'], paint: Paint): string {
  const { sign, colour } = marks[status];
  return paint(colour, sign);
}

function notesOn({ problem, neededFor, howToGet, status }: Check, paint: Paint): string[] {
  return [
    paint('gray', `    for ${neededFor}`),
    ...(problem === null ? [] : [`    ${paint(marks[status].colour, printable(problem))}`]),
    ...(howToGet === null ? [] : [`    ${printable(howToGet)}`]),
  ];
}

function conclusion(checks: readonly Check[], paint: Paint): string {
  const missing = checks.filter(({ status }) => status === 'missing').length;
  const warned = checks.filter(({ status }) => status === 'warn').length;
  if (missing > 0) return paint('red', `${count(missing, 'thing')} to mend first.`);
  if (warned > 0) return `Ready, with ${count(warned, 'limitation')}.`;
  return paint('green', 'Everything is there.');
}
