import { join } from 'node:path';
import type { Config } from '../config/resolve.ts';
import type { JobEvent } from '../contract/event.ts';
import type { JobDocument } from '../jobs/document.ts';
import { makemkvHome } from '../makemkv/home.ts';
import type { KnownEpisodes } from '../match/known-episodes.ts';
import { createMetadata } from '../metadata/metadata.ts';
import type { Library } from '../organize/library.ts';
import { createPipeline, type Pipeline } from '../pipeline.ts';
import { packagesFolder } from '../tools/npm-package.ts';
import { version } from '../version.ts';
import { createLog } from './log.ts';
import { paintFor } from './paint.ts';
import type { ProgressView } from './progress-view.ts';
import { runState } from './settings.ts';

interface RunPipelineOptions {
  config: Config;
  libraries: readonly Library[];
  /** Takes the defaults where there is a question. */
  yes: boolean;
  view: ProgressView;
  knownEpisodes?: KnownEpisodes | undefined;
  /** A folder with references of the show at hand. */
  references?: string | undefined;
  onChange: (job: JobDocument, events: JobEvent[]) => void;
}

/** Where a one-shot run rips to. */
export function runStaging({ staging }: Config): string {
  return join(staging, 'run');
}

/** The pipeline of the service without drives, MQTT and flows: nothing is claimed, ejected or announced. */
export function createRunPipeline(options: RunPipelineOptions): Pipeline {
  const { config, libraries, yes, view, onChange } = options;
  const { identity, episode_order, extras, existing } = config.policies;
  return createPipeline({
    station: config.station,
    state: runState(config),
    staging: runStaging(config),
    libraries,
    policies: {
      identity: yes ? 'accept' : identity,
      episodeOrder: yes ? 'accept' : episode_order,
      extras,
      existing,
      duplicates: 'again',
      // Who names a disc on the command line wants it.
      owned: 'rip',
      answerSeconds: 0,
      claimSeconds: 0,
    },
    tools: config.tools,
    metadata: createMetadata({ config: config.metadata, state: config.state }),
    titleForm: config.metadata.titles,
    makemkv: {
      enabled: config.makemkv.enabled,
      mode: config.makemkv.mode,
      minLength: config.makemkv.min_length,
      // The service may be reading other drives meanwhile: its key is used, and no drive but ours is looked at.
      home: makemkvHome(config.state),
      keyFile: config.makemkv.key_file,
      watches: false,
    },
    knownEpisodes: options.knownEpisodes,
    speech: { config: config.speech, packages: packagesFolder(config) },
    loadReferences: async () => {
      const { configuredReferences } = await import('../match/references/configured-references.ts');
      return configuredReferences({ config, libraries, folder: options.references });
    },
    version,
    keepOutbox: false,
    holds: () => false,
    isStillIn: async () => true,
    eject: async () => false,
    ejectDrive: async () => undefined,
    lookIntoDrive: async () => undefined,
    checkDrive: () => undefined,
    onArmed: () => undefined,
    onChange,
    onProgress: view.progressed,
    onProblem: (_name, problem) => {
      if (problem)
        view.say(
          `  ${paintFor(process.stderr)('yellow', '…')} ${problem.message}\n    ${problem.hint}`,
        );
    },
    log: createLog({ level: atLeastWarnings(config.log.level), format: 'pretty' }, view.say),
  });
}

/** The log of a run is for the unexpected; the lines that people read are made from the jobs. */
function atLeastWarnings(level: Config['log']['level']): string {
  return level === 'info' ? 'warn' : level;
}
