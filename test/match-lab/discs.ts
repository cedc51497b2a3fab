import type {
  DecideInput,
  DecideReference,
  DiscTitle,
  InsideSpan,
  SignalReading,
} from '../../service/match/decide/decide-input.ts';
import type { EpisodeKey } from '../../service/match/episode-key.ts';
import type { Random } from './random.ts';

/** How scores fall: measured on generated seasons, or on purpose otherwise. */
export interface ScoreDensities {
  readonly signal: SignalReading['signal'];
  readonly right: (random: Random) => number;
  readonly wrong: (random: Random) => number;
}

/** Reference files that are no good, by the share of all that each kind has. */
export interface BadReferences {
  /** Of another cut, another show, or full of gaps: it fits nothing. */
  readonly useless: number;
  readonly missing: number;
  /** Pairs of neighbours whose files have each other's numbers (share of files). */
  readonly swapped: number;
  /** The text of any other episode of the season. */
  readonly anothers: number;
}

export interface DiscLab {
  readonly densities: ScoreDensities;
  readonly episodes: number;
  readonly perDisc: readonly [least: number, most: number];
  readonly references: number;
  readonly bad: BadReferences;
  /** Share of discs with two neighbours in the wrong order. */
  readonly swappedPair: number;
  readonly backwards: number;
  readonly extras: number;
  readonly duplicates: number;
  readonly gaps: number;
  /** Share of discs where two episodes are one title. */
  readonly doubles: number;
  /** Share of discs with an episode of another season or show among its own. */
  readonly foreign: number;
  readonly playAll: number;
  /** Share of discs whose number in the set is known. */
  readonly numbered: number;
  /** Seconds: standard deviation of the durations within a season. */
  readonly spread: number;
  readonly runtimes: 'minutes' | 'slot' | 'unknown';
}

export interface LabTitle {
  /** Empty: no episode of the season. */
  readonly episodes: readonly EpisodeKey[];
  /** Every episode of it has a reference with its text and its number. */
  readonly isReferenced: boolean;
}

export interface LabDisc {
  readonly input: DecideInput;
  readonly truth: ReadonlyMap<string, LabTitle>;
}

const RUNTIME = 2640;
const NONE = -1;

interface Held {
  /** Indexes of episodes; empty for what is none. */
  readonly episodes: readonly number[];
  readonly duration: number;
  readonly role: DiscTitle['role'];
}

/** A season on discs, with files for its episodes, and what is measured of every title against every file. */
export function drawDiscs(random: Random, lab: DiscLab): LabDisc[] {
  const durations = Array.from(
    { length: lab.episodes },
    () => RUNTIME + lab.spread * random.normal(),
  );
  const files = drawFiles(random, lab);
  const discs: LabDisc[] = [];
  let next = 0;
  while (next < lab.episodes) {
    const [least, most] = lab.perDisc;
    const size = Math.min(lab.episodes - next, least + random.below(most - least + 1));
    const episodes = Array.from({ length: size }, (_, index) => next + index);
    const held = drawTitles(random, lab, episodes, durations);
    const number = random.chance(lab.numbered) ? discs.length + 1 : null;
    discs.push(measured(random, { lab, held, durations, files, number }));
    next += size;
  }
  return discs;
}

/** A file that is labelled as one episode and has the text of one, perhaps another. */
interface LabFile {
  readonly label: number;
  readonly text: number;
}

function drawFiles(random: Random, { episodes, references, bad }: DiscLab): LabFile[] {
  const files: LabFile[] = [];
  for (let copy = 0; copy < references; copy++) {
    const texts = Array.from({ length: episodes }, (_, index) => index);
    for (let index = 0; index + 1 < episodes; index++)
      if (texts[index] === index && random.chance(bad.swapped / 2)) {
        texts[index] = index + 1;
        texts[index + 1] = index;
      }
    for (const [label, text] of texts.entries()) {
      if (random.chance(bad.missing)) continue;
      if (random.chance(bad.useless)) files.push({ label, text: NONE });
      else if (random.chance(bad.anothers)) files.push({ label, text: random.below(episodes) });
      else files.push({ label, text });
    }
  }
  return files.sort((a, b) => a.label - b.label);
}

function drawTitles(
  random: Random,
  lab: DiscLab,
  episodes: readonly number[],
  durations: readonly number[],
): Held[] {
  const runs = episodes.map((episode) => [episode]);
  if (random.chance(lab.gaps) && runs.length > 2) runs.splice(random.below(runs.length), 1);
  if (random.chance(lab.swappedPair) && runs.length > 1) {
    const at = random.below(runs.length - 1);
    runs.splice(at, 2, ...runs.slice(at, at + 2).reverse());
  }
  if (random.chance(lab.doubles) && runs.length > 2) {
    const at = random.below(runs.length - 1);
    runs.splice(
      at,
      2,
      runs
        .slice(at, at + 2)
        .flat()
        .sort((a, b) => a - b),
    );
  }
  if (random.chance(lab.backwards)) runs.reverse();
  const titles: Held[] = runs.map((run) => ({
    episodes: run,
    duration: run.reduce((sum, episode) => sum + (durations[episode] ?? RUNTIME), 0),
    role: random.chance(0.93) ? 'episode' : 'unknown',
  }));
  if (random.chance(lab.duplicates)) {
    const at = random.below(titles.length);
    titles.splice(at + 1, 0, ...titles.slice(at, at + 1));
  }
  if (random.chance(lab.foreign))
    titles.splice(random.below(titles.length + 1), 0, {
      episodes: [],
      duration: RUNTIME + 60 * random.normal(),
      role: 'episode',
    });
  while (random.chance(lab.extras))
    titles.splice(random.below(titles.length + 1), 0, {
      episodes: [],
      duration: random.logNormal(700, 0.8),
      role: random.chance(0.8) ? 'extra' : 'unknown',
    });
  return titles;
}

interface Measured {
  lab: DiscLab;
  held: readonly Held[];
  durations: readonly number[];
  files: readonly LabFile[];
  number: number | null;
}

function measured(random: Random, { lab, held, durations, files, number }: Measured): LabDisc {
  const references: DecideReference[] = files.map(({ label }, index) => ({
    id: `r${index}`,
    episodes: [label],
  }));
  const titles = held.map((one, index) => drawTitle(random, { lab, held: one, files, index }));
  const truth = new Map(
    titles.map(({ id }, index): [string, LabTitle] => {
      const episodes = held[index]?.episodes ?? [];
      const isReferenced = episodes.every((episode) =>
        files.some(({ label, text }) => label === episode && text === episode),
      );
      return [id, { episodes: episodes.map(keyOf), isReferenced }];
    }),
  );
  if (random.chance(lab.playAll)) titles.push(playAllOf(titles));
  const candidates = durations.map((duration, index) => ({
    ...keyOf(index),
    name: null,
    runtime: runtimeOf(duration, lab.runtimes),
  }));
  return { input: { titles, candidates, references, group: { disc: number, others: [] } }, truth };
}

function keyOf(index: number): EpisodeKey {
  return { season: 1, episode: index + 1 };
}

function runtimeOf(duration: number, runtimes: DiscLab['runtimes']): number | null {
  if (runtimes === 'unknown') return null;
  return runtimes === 'slot' ? 3600 : 60 * Math.round(duration / 60);
}

function playAllOf(titles: readonly DiscTitle[]): DiscTitle {
  const members = titles.filter(({ role }) => role === 'episode');
  return {
    id: `t${String(titles.length + 1).padStart(2, '0')}`,
    number: titles.length + 1,
    duration: members.reduce((sum, { duration }) => sum + duration, 0),
    role: 'play-all',
    members: members.map(({ id }) => id),
    described: null,
    readings: [],
  };
}

interface TitleSources {
  lab: DiscLab;
  held: Held;
  files: readonly LabFile[];
  index: number;
}

function drawTitle(random: Random, { lab, held, files, index }: TitleSources): DiscTitle {
  const { signal, right, wrong } = lab.densities;
  const [first, ...others] = held.episodes;
  // Only the first episode of a title lies where the whole title is looked for.
  const scores = files.map(({ text }) => (text === first ? right(random) : wrong(random)));
  const inside = files.flatMap(({ text }, reference): InsideSpan[] => {
    const at = held.episodes.indexOf(text);
    if (others.length === 0 || at === -1) return [];
    const from = at * RUNTIME;
    const speed = 1;
    return [
      {
        signal: 'subtitle-times',
        reference,
        z: right(random),
        offset: from,
        speed,
        from,
        to: from + RUNTIME,
      },
    ];
  });
  return {
    id: `t${String(index + 1).padStart(2, '0')}`,
    number: index + 1,
    duration: held.duration,
    role: held.role,
    members: [],
    described: null,
    readings: [{ signal, scores }],
    inside,
  };
}

/** A draw from the Gumbel distribution. */
export function gumbel(random: Random, mu: number, beta: number): number {
  return mu - beta * Math.log(-Math.log(random.uniform()));
}
