import { join } from 'node:path';
import type { Logger } from 'pino';
import { Announcer } from './announce/announcer.ts';
import { stationInfo } from './announce/station-info.ts';
import type { Config } from './config/resolve.ts';
import type { Problem } from './contract/problem.ts';
import type { StationInfo } from './contract/station.ts';
import { topicsOf } from './contract/topics.ts';
import { hostPlatform } from './drives/optical/host-platform.ts';
import type { DrivePlatform } from './drives/optical/platform.ts';
import { StationDrives } from './drives/station-drives.ts';
import { DiscflowError, toProblem } from './errors.ts';
import { everyNight } from './every-night.ts';
import type { JobDocument } from './jobs/document.ts';
import { makemkvHome } from './makemkv/home.ts';
import { createMetadata } from './metadata/metadata.ts';
import { brokerSettings, startBroker } from './mqtt/broker.ts';
import { Connection } from './mqtt/connection.ts';
import { ledgerFile } from './mqtt/ledger-file.ts';
import { Outbox } from './mqtt/outbox.ts';
import { makePacketNumbersWhenNeeded } from './mqtt/packet-numbers.ts';
import { Requests } from './mqtt/requests.ts';
import { RetainedTopics } from './mqtt/retained.ts';
import { SelfTest } from './mqtt/self-test.ts';
import { setUpNewLibraries } from './organize/set-up-libraries.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { refuseLocked } from './store/lock.ts';
import { pruneHistory, pruneStaging } from './store/prune.ts';
import { packagesFolder } from './tools/npm-package.ts';
import { version } from './version.ts';

export interface App {
  /** Where clients on this machine reach the broker. */
  readonly brokerUrl: string;
  stop(): Promise<void>;
}

interface AppOptions {
  config: Config;
  log: Logger;
  /** How optical drives are seen, instead of by what this machine has. */
  platform?: DrivePlatform;
}

/** Once a night, when nobody inserts discs. */
const HOUSEKEEPING = { hour: 4, minute: 47 };

/**
 * Starts the service: broker, pipeline, drives, and what they say on MQTT. This is the one place that knows
 * everything. Throws a `DiscflowError` for what a person has to mend first.
 */
export async function startApp({ config, log, platform }: AppOptions): Promise<App> {
  const { mqtt, station } = config;
  const topics = topicsOf(mqtt.base, station);
  // Else a second start would blame the port of the broker, which the first one has.
  await refuseLocked(join(config.state, 'lock'));
  makePacketNumbersWhenNeeded();
  const broker = await startBroker(mqtt, log);
  const report = (key: string, problem: Problem | null) => {
    if (problem) log.warn(problem, problem.message);
    announcer.announceProblem(key, problem);
  };

  const connection = new Connection({
    broker: brokerSettings(mqtt, broker?.url, station),
    topics,
    report,
    log,
  });
  const retained = new RetainedTopics({
    connection,
    ledger: ledgerFile(join(config.state, 'retained.json')),
    others: [topics.status],
    log,
  });
  const outbox = new Outbox({
    connection,
    topicOf: (event) => topics.driveEvent(event.drive),
    acknowledged: (event) => pipeline.book.acknowledge(event),
    refused: (event) => pipeline.book.acknowledge(event),
  });
  const pipeline = pipelineOf({
    config,
    log,
    drives: () => drives,
    report,
    announcer: () => announcer,
  });
  const drives = new StationDrives({
    config,
    platform: platform ?? (await hostPlatform({ find: pipeline.tools.find, run: pipeline.run })),
    listenerOf: (id) => ({
      inserted: ({ source, media }) => {
        announcer.announceDrive(id);
        const taken = pipeline.intake.discInserted(id, source, media);
        taken.then(() => announcer.announceDrive(id), logged);
      },
      removed: ({ source }) => {
        report(`eject-${id}`, null);
        pipeline.intake.discRemoved(id, source).catch(logged);
        announcer.announceDrive(id);
        pipeline.intake.retryHeld().catch(logged);
      },
      changed: () => announcer.announceDrive(id),
    }),
    found: (drive) => {
      log.info({ drive: drive.id, name: drive.name }, 'a drive was plugged in');
      stationOf().then((info) => announcer.announceInfo(info), logged);
    },
    report,
  });
  const announcer = new Announcer({
    topics,
    retained,
    outbox,
    notify: (topic, payload) => void connection.publish({ topic, payload }),
    book: pipeline.book,
    drives: drives.all,
    armed: (drive) => pipeline.armings.of(drive),
    ejects: config.policies.eject,
    isHeld: (drive) => pipeline.intake.isHeld(drive),
  });
  const requests = new Requests({ connection, topics, handlers: pipeline.operations, log });
  const selfTest = new SelfTest({ connection, topics, report });

  try {
    await welcomeLibraries({ config, log });
    await pipeline.start();
  } catch (error) {
    await broker?.stop();
    throw error;
  }
  outbox.add(pipeline.book.unacknowledged(), { replayed: true });
  await keepEndedVisible(pipeline, announcer);
  announcer.announceAll(await stationOf());
  requests.start();
  selfTest.start();
  outbox.start();
  await retained.start();
  connection.start();
  await drives.start();
  const housekeeping = everyNight(HOUSEKEEPING, () => void keepHouse().catch(logged));
  log.info({ station, version, data: config.data }, 'Discflow is ready');

  return { brokerUrl: broker?.url ?? mqtt.url ?? '', stop };

  async function stop(): Promise<void> {
    housekeeping.cancel();
    await drives.stop();
    await pipeline.stop();
    announcer.stop();
    selfTest.stop();
    outbox.stop();
    retained.stop();
    await connection.stop();
    await broker?.stop();
  }

  async function keepHouse(): Promise<void> {
    await pruneHistory(pipeline.store, config.history.days);
    const removed = await pruneStaging(config.staging, (id) => pipeline.book.get(id) !== undefined);
    if (removed.length > 0) log.info({ removed }, 'old left-overs were removed from staging');
    announcer.announceStation();
  }

  function logged(error: unknown): void {
    log.error({ err: error }, 'something unexpected happened');
  }

  function stationOf(): Promise<StationInfo> {
    return stationInfo({ config, drives: drives.all, tools: pipeline.tools });
  }
}

/** What is in the way of a library holds up its own jobs alone, never the start. */
async function welcomeLibraries({ config, log }: AppOptions): Promise<void> {
  try {
    const { added, problems } = await setUpNewLibraries(config.libraries, config.state);
    for (const { id, root } of added)
      log.info({ library: id, root }, 'this folder is a library now');
    for (const problem of problems) log.warn(toProblem(problem), problem.message);
  } catch (error) {
    log.warn(toProblem(error), 'new libraries could not be set up');
  }
}

interface PipelineParts extends AppOptions {
  drives: () => StationDrives;
  report: (key: string, problem: Problem | null) => void;
  announcer: () => Announcer;
}

function pipelineOf(parts: PipelineParts): Pipeline {
  const { config, log, drives, report, announcer } = parts;
  const { policies } = config;
  const driveOf = (id: string) => drives().get(id);
  return createPipeline({
    station: config.station,
    state: config.state,
    staging: config.staging,
    libraries: config.libraries,
    policies: {
      identity: policies.identity,
      episodeOrder: policies.episode_order,
      extras: policies.extras,
      existing: policies.existing,
      duplicates: policies.duplicate_disc,
      owned: policies.owned,
      answerSeconds: policies.answer_seconds,
      claimSeconds: policies.claim_wait ? null : policies.claim_seconds,
    },
    tools: config.tools,
    metadata: createMetadata({ config: config.metadata, state: config.state, report }),
    titleForm: config.metadata.titles,
    speech: { config: config.speech, packages: packagesFolder(config) },
    loadReferences: async () => {
      const { configuredReferences } = await import('./match/references/configured-references.ts');
      return configuredReferences({ config, libraries: config.libraries, report });
    },
    makemkv: {
      enabled: config.makemkv.enabled,
      mode: config.makemkv.mode,
      minLength: config.makemkv.min_length,
      home: makemkvHome(config.state),
      keyFile: config.makemkv.key_file,
      watches: true,
    },
    version,
    keepOutbox: true,
    holds: (drive, source) => driveOf(drive)?.disc?.source === source,
    isStillIn: async (source) =>
      (await drives()
        .all.find(({ disc }) => disc?.source === source)
        ?.isStillIn(source)) ?? false,
    eject: ejectorOf(parts),
    ejectDrive: (id) => (driveOf(id) ?? unknownDrive(id, drives())).eject(),
    lookIntoDrive: (id) => (driveOf(id) ?? unknownDrive(id, drives())).look(),
    checkDrive: (id) => void (driveOf(id) ?? unknownDrive(id, drives())),
    onArmed: (drive) => announcer().announceDrive(drive),
    onChange: (job, events, before) => announcer().jobChanged(job, events, before),
    onProgress: (job, progress) => announcer().progressed(job, progress),
    onProblem: report,
    log,
  });
}

/**
 * Lets the disc of a job out. One that is no longer in its drive is out already; whether it is, nobody knows
 * before the drive has looked.
 */
function ejectorOf({ config, drives, report }: PipelineParts) {
  return async ({ drive: id, disc }: JobDocument): Promise<boolean> => {
    if (!drives().hasLooked(id)) return false;
    const drive = drives().get(id);
    if (drive?.disc?.source !== disc.source) return true;
    if (!config.policies.eject) return false;
    try {
      await drive.eject(disc.source);
      report(`eject-${id}`, null);
      return true;
    } catch (error) {
      report(`eject-${id}`, toProblem(error));
      throw error;
    }
  };
}

/** Jobs that ended within the last day stay on MQTT, also those that are in the archive by now. */
async function keepEndedVisible({ store }: Pipeline, announcer: Announcer): Promise<void> {
  for (const { id } of store.recent) {
    const job = await store.readArchived(id).catch(() => null);
    if (job) announcer.announceEnded(job);
  }
}

function unknownDrive(id: string, drives: StationDrives): never {
  throw new DiscflowError('unknown-drive', `There is no drive "${id}"`, {
    hint: `Drives of this station: ${drives.all.map((drive) => drive.id).join(', ')}.`,
  });
}
