import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { SpeechConfig } from './config/resolve.ts';
import type { JobEvent } from './contract/event.ts';
import type { Problem } from './contract/problem.ts';
import { toProblem } from './errors.ts';
import { createIdentifyStep } from './identify/identify-step.ts';
import { setKeyOf } from './identify/set-key.ts';
import { JobBook } from './jobs/book.ts';
import type { JobDocument } from './jobs/document.ts';
import { Engine } from './jobs/engine.ts';
import { Intake } from './jobs/intake.ts';
import { loadedLate } from './jobs/loaded-late.ts';
import { createOperations, type Operations } from './jobs/operations.ts';
import { createReadiness } from './jobs/readiness.ts';
import { hasEnded } from './jobs/states.ts';
import type { Progress } from './jobs/step.ts';
import { createSetTeller } from './jobs/tell-set.ts';
import { Undo } from './jobs/undo.ts';
import { createDriveBus } from './makemkv/drive-bus.ts';
import { watchKeyFile } from './makemkv/key-file.ts';
import { licenceMark } from './makemkv/licence-mark.ts';
import { createLicenceWatch } from './makemkv/licence-watch.ts';
import { createMakeMkv } from './makemkv/makemkv.ts';
import type { KnownEpisodes } from './match/known-episodes.ts';
import { lateMatching } from './match/late-matching.ts';
import { listEpisodes } from './match/list-episodes.ts';
import type { MatchStepOptions } from './match/match-step.ts';
import type { MatchingOptions } from './match/matching.ts';
import { othersOfSet } from './match/others-of-set.ts';
import type { References } from './match/references/references.ts';
import type { Metadata } from './metadata/metadata.ts';
import type { TitleForm } from './metadata/works.ts';
import { checkFilingWish } from './organize/filing-wish.ts';
import type { Library } from './organize/library.ts';
import { checkLibrary } from './organize/marker.ts';
import { createOrganizeStep } from './organize/organize-step.ts';
import { hasUnfinishedUndo, undoFilings } from './organize/undo.ts';
import { createOwnedCheck, mayBeAnother } from './owned/check-owned.ts';
import { findOwned } from './owned/find-owned.ts';
import { LibraryItems } from './owned/library-items.ts';
import { pictureHeight } from './owned/picture-height.ts';
import { applyArming } from './review/apply-arming.ts';
import { inspectDisc } from './scan/inspect-disc.ts';
import { openMedium } from './scan/medium/open-medium.ts';
import { scanDisc } from './scan/scan-disc.ts';
import { Armings } from './store/armings.ts';
import { JobStore } from './store/job-store.ts';
import { lockState } from './store/lock.ts';
import { createRememberedDiscs } from './store/remembered-discs.ts';
import { createToolFinder, type ToolFinder } from './tools/find.ts';
import { createProcessLedger } from './tools/process-ledger.ts';
import { createToolRunner, type RunTool } from './tools/run.ts';

export interface PipelineOptions {
  station: string;
  state: string;
  staging: string;
  libraries: readonly Library[];
  policies: {
    identity: 'ask' | 'accept';
    episodeOrder: 'ask' | 'accept';
    extras: 'keep' | 'skip';
    existing: 'keep-both' | 'skip' | 'replace';
    duplicates: 'skip' | 'ask' | 'again';
    owned: 'ask' | 'skip' | 'better' | 'rip';
    answerSeconds: number;
    claimSeconds: number | null;
  };
  tools: {
    mkvmerge?: string | undefined;
    makemkvcon?: string | undefined;
    ffmpeg?: string | undefined;
  };
  /** The catalogues that discs are looked up in; null: none. */
  metadata: Metadata | null;
  titleForm: TitleForm;
  makemkv: {
    enabled: boolean;
    mode: 'mkv' | 'backup';
    minLength: number;
    /** Of MakeMKV: settings, key and downloads. */
    home: string;
    /** Holds its key. */
    keyFile: string | undefined;
    /** Whether key and version are checked by themselves, for which all drives are looked at. */
    watches: boolean;
  };
  knownEpisodes?: KnownEpisodes | undefined;
  /** Subtitles of known episodes, which titles are compared with; loaded for the first disc of a series. */
  loadReferences: () => Promise<References>;
  speech: { config: SpeechConfig; packages: string };
  version: string;
  /** False when nobody publishes events. */
  keepOutbox: boolean;
  /** True while the drive still holds this source. */
  holds: (drive: string, source: string) => boolean;
  /** Whether the disc of this source is still in, by its drive's own word; asked when a read has failed. */
  isStillIn: (source: string) => Promise<boolean>;
  eject: (job: JobDocument) => Promise<boolean>;
  ejectDrive: (drive: string) => Promise<void>;
  /** Looks what is in a drive now, on a person's word that something is; throws `unknown-drive`. */
  lookIntoDrive: (drive: string) => Promise<void>;
  /** Throws `unknown-drive`. */
  checkDrive: (drive: string) => void;
  /** Something else was said about the next discs of a drive. */
  onArmed: (drive: string) => void;
  onChange: (job: JobDocument, events: JobEvent[], before: JobDocument | null) => void;
  onProgress: (job: JobDocument, progress: Progress | null) => void;
  onProblem: (name: string, problem: Problem | null) => void;
  log: Logger;
}

/** Everything between a disc in a drive and files in a library, without drives and without MQTT. */
export interface Pipeline {
  readonly book: JobBook;
  readonly store: JobStore;
  readonly intake: Intake;
  readonly operations: Operations;
  readonly tools: ToolFinder;
  readonly run: RunTool;
  readonly armings: Armings;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the steps, the store and the engine together; nothing runs before `start`. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { station, state, staging, libraries, policies, log } = options;
  const ledger = createProcessLedger(join(staging, '.processes'));
  const run = createToolRunner({ ledger });
  const { enabled, mode, minLength, home, keyFile, watches } = options.makemkv;
  const tools = createToolFinder({
    run,
    configured: definedPaths(options.tools),
    packages: options.speech.packages,
    homes: { makemkvcon: home },
  });
  const store = new JobStore(state);
  const stopping = new AbortController();
  const memoryProblem = (problem: Problem | null) => options.onProblem('memory', problem);
  const remembered = createRememberedDiscs({
    state,
    open: (job) => book.get(job),
    store,
    stopping: stopping.signal,
    onProblem: memoryProblem,
  });
  const bus = createDriveBus();
  const makemkv = createMakeMkv({
    ...{ find: tools.find, locate: tools.locate, run, home, enabled, mode, minLength, bus },
    onEnd: (said) => licence.heard(said),
    log,
  });
  const readers = {
    openMedium: (source: string, { signal }: { signal: AbortSignal }) =>
      openMedium(source, { signal, isStillIn: () => options.isStillIn(source) }),
    scanDisc,
    makemkv,
  };
  const licence = createLicenceWatch({
    home,
    mark: makemkvLicence,
    probe: makemkv.probe,
    onProblem: options.onProblem,
    log,
  });
  const secret =
    keyFile === undefined
      ? null
      : watchKeyFile({
          ...{ home, file: keyFile },
          onKey: () => log.info({ file: keyFile }, 'a new key of MakeMKV was taken over'),
          onProblem: (problem) => options.onProblem('makemkv-key-file', problem),
        });
  const rules = {
    policies: { episodeOrder: policies.episodeOrder },
    episodesTaken: (show: string, season: number) => remembered.episodes.taken(show, season),
    knownEpisodes: options.knownEpisodes,
  };

  const answeredSet = (disc: JobDocument['disc']) => remembered.sets.find(setKeyOf(disc) ?? '');

  let loadedReferences: Promise<References> | undefined;
  /** One for all discs, so that those of a season fetch each file once. */
  const references = () => {
    loadedReferences ??= options.loadReferences();
    return loadedReferences;
  };
  const matching = lateMatching(async () => {
    const [{ createMatching }, { gather }] = await Promise.all([
      import('./match/matching.ts'),
      references(),
    ]);
    return createMatching({
      gather,
      listEpisodes: episodeList(options.metadata),
      othersOfSet: (job) => othersOfSet(job, { filed: remembered.episodes, open: book.all() }),
      speech: async () => {
        const { createSpeechEngine } = await import('./match/evidence/speech/create-engine.ts');
        return createSpeechEngine({ ...options.speech, run, find: tools.find });
      },
      tools: { find: tools.find, run },
      log,
    });
  });

  const armings = new Armings({ path: join(state, 'armed.json'), onChange: options.onArmed });
  const items = new LibraryItems();
  const owned = createOwnedCheck({
    find: (job) =>
      findOwned(job, {
        libraries,
        items,
        filed: (identity) => remembered.works.find(identity),
        heightOf: (path) => pictureHeight(path, { tools, run }),
      }),
    rulesFor: async ({ disc }) => ({
      policy: policies.owned,
      remembered: disc.fingerprint
        ? ((await remembered.decision(disc.fingerprint))?.owned ?? null)
        : null,
    }),
    failed: (error) => log.warn({ err: error }, 'the libraries could not be looked at'),
  });

  const book = new JobBook({
    store,
    stopping: stopping.signal,
    keepOutbox: options.keepOutbox,
    onStorageProblem: (problem) => options.onProblem('state', problem),
    onChange: (job, events, before) => {
      options.onChange(job, events, before);
      remembered.jobChanged(job, before);
      tellSet(job, before);
      matching.look(job);
      if (before && mayBeAnother(before, job)) void judgeAgain(job);
      if (hasEnded(job) || job.ejected)
        intake
          .retryHeld()
          .catch((error) => log.error({ err: error }, 'a disc could not be taken in'));
    },
  });

  const tellSet = createSetTeller({
    sets: remembered.sets,
    jobs: () => book.all(),
    change: (job, change) => engine.change(job, change),
    keep: remembered.keep,
    failed: (error) => log.warn({ err: error }, 'an answer could not be offered to another disc'),
  });

  const engine = new Engine({
    book,
    steps: {
      identify: owned.after(
        createIdentifyStep({
          ...readers,
          remembered: remembered.decision,
          hasReferences,
          answeredSet,
          metadata: options.metadata,
          titleForm: options.titleForm,
          policies: { identity: policies.identity },
        }),
      ),
      rip: loadedLate(async () => {
        const { createRipStep } = await import('./rip/rip-step.ts');
        return createRipStep({
          ...readers,
          bus,
          report: options.onProblem,
          tools: { find: tools.find, run },
          stagingRoot: staging,
        });
      }),
      match: loadedLate(async () => {
        const { createMatchStep } = await import('./match/match-step.ts');
        return createMatchStep({
          ...rules,
          lookUpSeason: seasonLookup(options.metadata),
          measure: matching.measure,
          answeredSet,
        });
      }),
      organize: createOrganizeStep({
        libraries,
        staging,
        version: options.version,
        policies: () => policies,
      }),
    },
    mayGoOn: createReadiness({
      roots: libraries.map(({ root }) => root),
      isAvailable,
      installedTools,
      makemkvLicence,
      staging,
    }),
    answerWithin: policies.answerSeconds * 1000,
    eject: options.eject,
    cleanUp: (job) => rm(join(staging, job.id), { recursive: true, force: true }),
    onProgress: options.onProgress,
    log,
  });

  const intake = new Intake({
    station,
    book,
    engine,
    inspect: inspectDisc,
    lastJob: remembered.lastJob,
    rememberJob: remembered.rememberJob,
    holds: options.holds,
    duplicates: policies.duplicates,
    claimSeconds: policies.claimSeconds,
    armed: (drive) => armings.of(drive)[0] ?? null,
    armingUsed: (drive, id) => remembered.kept(() => armings.used(drive, id)),
    applyArming: (draft, arming) => applyArming(draft, arming, rules),
  });

  const undo = new Undo({
    book,
    engine,
    takeBack: (context) => undoFilings({ context, libraries, staging }),
    isUnfinished: hasUnfinishedUndo,
    onProblem: (job, problem) => options.onProblem(`undo-${job}`, problem),
    signal: stopping.signal,
  });

  const operations = createOperations({
    book,
    store,
    engine,
    rules,
    checkWish: (set) => checkFilingWish(set, libraries),
    undo,
    matching,
    stopping: stopping.signal,
    armings,
    checkDrive: options.checkDrive,
    ejectDrive: options.ejectDrive,
    lookIntoDrive: options.lookIntoDrive,
  });

  let unlock: () => Promise<void> = async () => undefined;

  return { book, store, intake, operations, tools, run, armings, start, stop };

  async function start(): Promise<void> {
    await mkdir(state, { recursive: true });
    unlock = await lockState(join(state, 'lock'));
    await mkdir(staging, { recursive: true });
    await mkdir(home, { recursive: true, mode: 0o700 });
    await ledger.reap();
    await remembered.start();
    await armings.start().catch(memoryFailed);
    const damaged = await book.start();
    for (const [index, problem] of damaged.entries()) options.onProblem(`state-${index}`, problem);
    for (const job of book.all()) {
      remembered.jobChanged(job, null);
      // The job had it for good before the drive forgot it.
      if (job.armed) await armings.used(job.drive, job.armed.id).catch(memoryFailed);
    }
    undo.resume();
    await secret?.start();
    await engine.start();
    if (watches) licence.start();
  }

  async function stop(): Promise<void> {
    stopping.abort();
    armings.stop();
    await licence.stop();
    await secret?.stop();
    // A step that is stopped ends its own measures; the other way round it would take that for a failure.
    await engine.stop();
    await matching.stop();
    await book.stop();
    await unlock();
  }

  async function isAvailable(root: string): Promise<boolean> {
    const library = libraries.find((known) => known.root === root);
    return library !== undefined && (await checkLibrary(library)).state === 'ok';
  }

  async function makemkvLicence(): Promise<string> {
    return licenceMark({ home, program: await tools.locate('makemkvcon') });
  }

  async function installedTools(): Promise<number> {
    const found = await Promise.all([tools.isThere('mkvmerge'), tools.isThere('ffmpeg')]);
    return found.filter(Boolean).length;
  }

  async function hasReferences(
    { title, season }: { title: string; season: number | null },
    { signal }: { signal: AbortSignal },
  ): Promise<boolean> {
    const { atHand } = await references();
    const seasons = season === null ? [] : [season];
    const query = { show: title, year: null, tmdb: null, seasons, languages: [] };
    return (await atHand(query, { signal })).references.length > 0;
  }

  async function judgeAgain(job: JobDocument): Promise<void> {
    try {
      await engine.change(job.id, await owned.judge(job));
    } catch (error) {
      log.error({ err: error, job: job.id }, 'nobody knows whether it is there already');
    }
  }

  function memoryFailed(error: unknown): void {
    memoryProblem(toProblem(error));
  }
}

function definedPaths({ mkvmerge, makemkvcon, ffmpeg }: PipelineOptions['tools']) {
  return {
    ...(mkvmerge && { mkvmerge }),
    ...(makemkvcon && { makemkvcon }),
    ...(ffmpeg && { ffmpeg }),
  };
}

/** The episodes that a disc may hold; none without a catalogue. */
function episodeList(metadata: Metadata | null): MatchingOptions['listEpisodes'] {
  return async ({ tmdb, season }, options) =>
    metadata
      ? listEpisodes(metadata.tmdb, { show: tmdb, season }, options)
      : { titles: [], episodes: [] };
}

/** The names of a season's episodes, as the match step wants them. */
function seasonLookup(metadata: Metadata | null): MatchStepOptions['lookUpSeason'] {
  return async ({ tmdb, season }, { signal }) => {
    const found = await metadata?.tmdb.season(tmdb, season, { signal });
    if (found?.state !== 'found') return null;
    const episodes = found.value.episodes.map(({ episode, name }) => ({ episode, name }));
    return { tmdb, season, episodes };
  };
}
