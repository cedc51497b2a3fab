import { resolve } from 'node:path';
import type { TitleFinding } from '../contract/findings.ts';
import { durationInWords } from '../duration-in-words.ts';
import { DiscflowError } from '../errors.ts';
import { measureFolder } from '../match/measure/measure-folder.ts';
import type { TitleToMeasure } from '../match/measure/title-to-measure.ts';
import { nameOfFile } from '../match/read-folder.ts';
import { gatherFolder } from '../match/references/gather-folder.ts';
import type { SeasonReferences } from '../match/references/reference.ts';
import { showsIn } from '../match/references/shows-in.ts';
import { createToolFinder } from '../tools/find.ts';
import { packagesFolder } from '../tools/npm-package.ts';
import { createToolRunner } from '../tools/run.ts';
import { catchInterrupts } from './interrupts.ts';
import { type Paint, paintFor } from './paint.ts';
import { possibilityInWords } from './possibility-words.ts';
import { readSettings } from './settings.ts';
import { printable } from './words.ts';

interface MatchOptions {
  data?: string;
  references: string;
  show?: string;
  season?: string;
  json?: boolean;
}

/** Somebody has to look at a title. */
const UNSURE = 2;

/** Says which episodes the files of a folder are, and why. Nothing is renamed. @returns the exit code */
export async function matchFolder(folder: string, options: MatchOptions): Promise<number> {
  const { signal } = catchInterrupts();
  const run = createToolRunner();
  const { config } = await readSettings(options.data);
  const packages = packagesFolder(config);
  const { find } = createToolFinder({ run, packages });
  const found = await referencesFor(options, signal);
  const { titles, findings } = await measureFolder(resolve(folder), found, {
    access: { find, run, signal },
    speech: async () => {
      const { createSpeechEngine } = await import('../match/evidence/speech/create-engine.ts');
      return createSpeechEngine({ config: config.speech, packages, run, find });
    },
  });
  if (options.json) process.stdout.write(`${JSON.stringify(asJson(titles, findings, found))}\n`);
  else {
    process.stdout.write(inWords(titles, findings, paintFor(process.stdout)));
    process.stderr.write(notesInWords(found, paintFor(process.stderr)));
  }
  return findings.some(({ verdict }) => verdict === 'ask') ? UNSURE : 0;
}

async function referencesFor(
  { references, show, season }: MatchOptions,
  signal: AbortSignal,
): Promise<SeasonReferences> {
  const folder = resolve(references);
  const found = await gatherFolder(
    folder,
    {
      show: show ?? (await onlyShowIn(folder, signal)),
      seasons: season === undefined ? [] : [seasonOf(season)],
    },
    { signal },
  );
  if (found.references.length > 0) return found;
  throw new DiscflowError('bad-request', `There is no reference to use in ${references}`, {
    hint: found.notes[0] ?? found.rejected[0]?.says ?? namesWanted,
  });
}

const namesWanted = 'Name a folder with files like "Show/Season 01/Show - S01E02 - Title.en.srt".';

async function onlyShowIn(folder: string, signal: AbortSignal): Promise<string> {
  const [show, ...others] = await showsIn(folder, { signal });
  if (others.length === 0) return show ?? '';
  throw new DiscflowError('bad-request', `${folder} has references of several shows`, {
    hint: `Say which one with --show: ${[show, ...others].slice(0, 5).join(', ')}.`,
  });
}

function seasonOf(text: string): number {
  const season = Number(text);
  if (Number.isInteger(season) && season >= 0 && season <= 999) return season;
  throw new DiscflowError('bad-request', `"${text}" is no season`, {
    hint: 'Give its number: --season 1; 0 are the specials.',
  });
}

function asJson(
  titles: readonly TitleToMeasure[],
  findings: readonly TitleFinding[],
  { references, rejected, notes }: SeasonReferences,
) {
  return {
    titles: findings.map(({ id, ...finding }, index) => {
      const { file = '', duration = 0 } = titles[index] ?? {};
      return { file, duration, ...finding };
    }),
    references: references.map(({ cues, ...one }) => ({ ...one, cues: cues.length })),
    rejected,
    notes,
  };
}

const marks = {
  accept: ['green', '✔'],
  mark: ['yellow', '~'],
  ask: ['yellow', '?'],
} as const;

function inWords(
  titles: readonly TitleToMeasure[],
  findings: readonly TitleFinding[],
  paint: Paint,
): string {
  return findings
    .map(({ verdict, ranked }, index) => {
      const title = titles[index];
      const [best, ...others] = ranked;
      if (!title || !best) return '';
      const [colour, sign] = marks[verdict];
      const named = printable(`${nameOfFile(title)} (${durationInWords(title.duration)})`);
      const shown = verdict === 'ask' ? [best, ...others.slice(0, 2)] : [best];
      const lines = shown.flatMap((one) => possibilityInWords(one, { paint }));
      const below = lines.map((text) => `    ${text}\n`).join('');
      return `${paint(colour, sign)} ${named}\n${below}`;
    })
    .join('');
}

function notesInWords({ rejected, notes }: SeasonReferences, paint: Paint): string {
  const refused = rejected.map(({ origin, says }) => `${origin}: ${says}`);
  return [...notes, ...refused].map((note) => paint('gray', `! ${printable(note)}\n`)).join('');
}
