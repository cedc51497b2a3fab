import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../service/config/load-config.ts';
import { mosquittoVersion, startAedes, startMosquitto } from '../brokers.ts';
import { startService } from './service-process.ts';
import { distinctSeqs, type Observer, observe } from './station.ts';

const discs = fileURLToPath(new URL('../../examples/discs', import.meta.url));
const images = ['HARBOUR_LIGHTS_S1_D1.iso', 'LONG_MERIDIAN.iso'];
const arriving = [
  'Bonus 1-02.mkv',
  'Bonus 1-05.mkv',
  'Harbour Lights - S01E01.mkv',
  'Harbour Lights - S01E02.mkv',
  'Harbour Lights - S01E03.mkv',
  'Long Meridian.mkv',
];
/** A run that takes longer than this hangs. */
const RUN_LIMIT_MS = 120_000;

export interface SoakResult {
  kills: number;
  runs: number;
  /** What should never happen, in words. */
  faults: string[];
}

/**
 * Kills the service with -9 at random instants, over and over, while it takes two discs to the library and a
 * subscriber on an external broker looks on and answers the questions.
 */
export async function soak(
  { kills, random = Math.random }: { kills: number; random?: () => number },
  tell: (line: string) => void = () => undefined,
): Promise<SoakResult> {
  const broker = mosquittoVersion() ? await startMosquitto() : await startAedes();
  const result: SoakResult = { kills: 0, runs: 0, faults: [] };
  try {
    while (result.kills < kills) {
      const { killed, faults } = await oneRun(
        broker.url,
        kills - result.kills,
        result.runs,
        random,
      );
      result.kills += killed;
      result.runs += 1;
      result.faults.push(...faults);
      tell(
        `run ${result.runs}: ${killed} kills (${result.kills} of ${kills}), ${faults.length} faults`,
      );
      for (const fault of faults) tell(`  ${fault}`);
    }
  } finally {
    await broker.stop();
  }
  return result;
}

async function oneRun(url: string, mostKills: number, run: number, random: () => number) {
  const data = await mkdtemp(join(tmpdir(), 'discflow-soak-'));
  const station = `soak-${process.pid}-${run}`;
  const environment = {
    DISCFLOW_MQTT_URL: url,
    DISCFLOW_STATION: station,
    DISCFLOW_POLICIES_CLAIM_SECONDS: '0.2',
    DISCFLOW_LOG_LEVEL: 'warn',
  };
  await setUp(data);
  const observer = await observe(url, 'discflow', station);
  const answered = answerQuestions(observer);
  let killed = 0;
  let log = '';
  try {
    const until = Date.now() + RUN_LIMIT_MS;
    while (!isFinished(observer) && Date.now() < until) {
      const service = startService(data, environment);
      const mayKill = killed < mostKills;
      const finished = await waitFor(
        () => isFinished(observer),
        mayKill ? 150 + random() * 1800 : 30_000,
      );
      if (finished) await sleep(300);
      await (mayKill && !finished ? service.kill() : service.stop());
      log += service.said();
      if (mayKill && !finished) killed += 1;
    }
    return {
      killed,
      faults: [...(await faultsOf(data, observer)), ...answered.faults, ...errorsIn(log)],
    };
  } finally {
    answered.stop();
    await observer.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** Images settle quickly: a service that never lives for two seconds would see no disc at all. */
const configuration = `
drives: [{id: images, folder: discs, settle_seconds: 0.2}]
metadata: {tmdb: {enabled: false}, thediscdb: {enabled: false}}
`;

async function setUp(data: string): Promise<void> {
  await writeFile(join(data, 'discflow.yaml'), configuration, { mode: 0o600 });
  await mkdir(join(data, 'discs'));
  const { config } = await loadConfig({ data, env: {} });
  const { setUpLibrary } = await import('../../service/organize/marker.ts');
  for (const library of config.libraries) {
    await mkdir(library.root, { recursive: true });
    await setUpLibrary(library);
  }
  for (const image of images) await cp(join(discs, image), join(data, 'discs', image));
}

function answerQuestions({ reviews, requests }: Observer) {
  const faults: string[] = [];
  const asked = new Set<string>();
  const answering = new Set<string>();
  const timer = setInterval(() => {
    for (const { id, rev, job, kind } of reviews.values()) {
      if (answering.has(`${id}/${rev}`)) continue;
      if (!asked.has(id) && [...asked].some((known) => known.endsWith(`${job}/${kind}`)))
        faults.push(`a question of kind ${kind} was asked twice for job ${job}`);
      asked.add(id).add(`${id}/${job}/${kind}`);
      answering.add(`${id}/${rev}`);
      requests
        .request(
          'review/answer',
          { review: id, rev, answer: { accept: true }, by: 'soak' },
          { timeout: 20_000 },
        )
        .catch(() => answering.delete(`${id}/${rev}`));
    }
  }, 20);
  return { faults, stop: () => clearInterval(timer) };
}

function isFinished({ jobs }: Observer): boolean {
  const ended = [...jobs.values()].filter((job) => job.endedAt !== null);
  return ended.length >= images.length && ended.length === jobs.size;
}

async function waitFor(holds: () => boolean, limit: number): Promise<boolean> {
  const until = Date.now() + limit;
  while (!holds() && Date.now() < until) await sleep(10);
  return holds();
}

async function faultsOf(data: string, observer: Observer): Promise<string[]> {
  const { events, jobs } = observer;
  const faults: string[] = [];
  for (const job of jobs.values())
    if (job.state !== 'completed' || job.outcome !== 'complete')
      faults.push(
        `job ${job.disc.label} is ${job.state} (${job.outcome}): ${JSON.stringify(job.error ?? job.blocked)}`,
      );
  if (jobs.size !== images.length) faults.push(`${jobs.size} jobs for ${images.length} discs`);
  const filed = await filesIn(join(data, 'library'));
  const films = filed
    .filter((file) => !basename(file).startsWith('.'))
    .map((file) => basename(file))
    .sort();
  if (String(films) !== String(arriving)) faults.push(`the library holds ${films.join(', ')}`);
  const leftOvers = filed.filter((file) => file.endsWith('.part'));
  if (leftOvers.length > 0) faults.push(`left over: ${leftOvers.join(', ')}`);
  const seqs = distinctSeqs(events);
  const wrong = seqs.findIndex((seq, index) => seq !== index + 1);
  if (wrong !== -1) faults.push(`event ${wrong + 1} was seen as ${seqs[wrong]}`);
  const orphans = orphansOf(data);
  if (orphans.length > 0) faults.push(`orphans: ${orphans.join('; ')}`);
  const inDone = await readdir(join(data, 'discs', 'done')).catch(() => []);
  if (inDone.length !== images.length) faults.push(`ejected: ${inDone.join(', ')}`);
  return faults;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== '.discflow-library.json')
    .map((entry) => join(entry.parentPath, entry.name));
}

function orphansOf(data: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(data) && !line.includes('ps -eo'));
}

function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => line.includes('"level":50'));
}
