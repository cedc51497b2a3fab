import { rateLooksLike } from './bit-rates.ts';
import { type Bell, logBell, logDensity, median } from './densities.ts';
import { type Piece, sizeOf } from './piece.ts';

/*
 * How likely each kind of title is to look as it does. The medians and spreads are those of the trade, rounded:
 * running times of films, broadcast slots of series, what a disc holds, bit rates of features and extras.
 */

/** Running times of films: most between 80 and 130 minutes, long ones, and short films. */
const filmLength: Bell[] = [
  { share: 0.7, median: 6150, spread: 0.14 },
  { share: 0.24, median: 7900, spread: 0.24 },
  { share: 0.05, median: 3600, spread: 0.5 },
  { share: 0.01, median: 900, spread: 1.2 },
];
/** Running times of episodes: slots of half an hour, an hour, long hours, shorts, evening-long ones. */
const episodeLength: Bell[] = [
  { share: 0.4, median: 1350, spread: 0.1 },
  { share: 0.34, median: 2620, spread: 0.08 },
  { share: 0.12, median: 3350, spread: 0.12 },
  { share: 0.05, median: 550, spread: 0.35 },
  { share: 0.05, median: 5400, spread: 0.15 },
  { share: 0.04, median: 2400, spread: 0.8 },
];
/** Trailers, scenes and featurettes, and now and then a documentary. */
const extraLength: Bell[] = [
  { share: 0.85, median: 240, spread: 1.2 },
  { share: 0.15, median: 2000, spread: 0.7 },
];
/** A disc of nothing but extras holds longer ones, among scenes and trailers. */
const programmeLength: Bell[] = [
  { share: 0.65, median: 750, spread: 0.9 },
  { share: 0.35, median: 150, spread: 0.8 },
];
const longestProgrammeLength: Bell[] = [{ share: 1, median: 1800, spread: 0.75 }];
/** The extras of a disc share the encoding of what they belong to, or one of their own, which is poorer. */
const poorerRate = { median: 0.4, spread: 0.6 };
const sameRate = { share: 0.4, median: 0.9, spread: 0.2 };
const commonRate = { share: 0.45, spread: 0.1 };
/** All the episodes of a disc together: two and a half hours, more or less, and loosely. */
const filledLength: Bell[] = [
  { share: 0.85, median: 8600, spread: 0.5 },
  { share: 0.15, median: 6000, spread: 1.2 },
];

/** What a title must be in a story, and what the story expects of it. */
export type Expected = 'film' | 'episode' | 'extra' | 'programme' | 'longest-programme';

const lengths: Record<Expected, readonly Bell[]> = {
  film: filmLength,
  episode: episodeLength,
  extra: extraLength,
  programme: programmeLength,
  'longest-programme': longestProgrammeLength,
};

const knownFits = new WeakMap<readonly number[], Partial<Record<Expected, number>>>();

/** Of several versions the one that fits best counts: a film is as long as a film in any of its cuts. */
export function lengthFits(expected: Expected, { durations }: Pick<Piece, 'durations'>): number {
  const fits = knownFits.get(durations) ?? {};
  knownFits.set(durations, fits);
  fits[expected] ??= Math.max(
    ...durations.map((duration) => logDensity(lengths[expected], duration)),
  );
  return fits[expected];
}

/** How well the bit rates of minor titles go together and with the rate of what the disc is about. */
export function ratesFit(minor: readonly Piece[], principal: number | null): number {
  if (principal === null) return 0;
  const rates: number[] = [];
  for (const { rate } of minor) if (rate !== null) rates.push(rate);
  if (rates.length === 0) return 0;
  const common = median(rates);
  const bells: Bell[] = [
    sameRate,
    { ...commonRate, median: common / principal },
    { ...poorerRate, share: 1 - sameRate.share - commonRate.share },
  ];
  const drawn: Bell[] = [
    { ...sameRate, share: 0.5 },
    { ...poorerRate, share: 0.5 },
  ];
  return (
    logDensity(drawn, common / principal) +
    rates.reduce((sum, rate) => sum + logDensity(bells, rate / principal), 0)
  );
}

/** A disc of a series with a single episode is a special one. */
const SINGLE_EPISODE = Math.log(0.5);

/** How likely so many episodes of this length are on one disc: discs are filled. */
export function countFits(count: number, duration: number): number {
  const single = count === 1 ? SINGLE_EPISODE : 0;
  return logDensity(filledLength, count * duration) - Math.log(count) + single;
}

/** A story in which a minor title is nearly as big as, or bigger than, what the disc is about, is a bad one. */
export function sizeFits(
  expected: 'film' | 'episode',
  others: readonly Piece[],
  principal: number,
): number {
  const biggest = Math.max(0, ...others.map(sizeOf));
  if (biggest === 0 || principal === 0) return 0;
  const [typical, spread] = expected === 'film' ? [0.1, 1] : [0.27, 0.7];
  const z = Math.max(0, Math.log(biggest / principal / typical) / spread);
  return Math.max(-9, -0.5 * z * z);
}

/** What is on a disc beside its features takes a quarter of their room, more or less. */
const usualRoom = { ratio: 0.25, spread: 0.8 };

/** A story in which the disc is not filled by what it is about is a bad one. */
export function roomFits(principals: readonly Piece[], pieces: readonly Piece[]): number {
  const room = principals.reduce((sum, piece) => sum + sizeOf(piece), 0);
  const all = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
  if (room === 0 || room >= all) return 0;
  const z = Math.max(0, Math.log((all - room) / room / usualRoom.ratio) / usualRoom.spread);
  return Math.max(-9, -0.5 * z * z);
}

/** So many extras are nothing unusual beside a film, beside episodes; far more make up a disc of their own. */
const usualExtras = { film: 8, episode: 4, spread: 0.9 };

export function fewEnough(expected: 'film' | 'episode', extras: number): number {
  const z = Math.max(0, Math.log((extras + 1) / (usualExtras[expected] + 1)) / usualExtras.spread);
  return -0.5 * z * z;
}

/** A second title of a disc of extras is typically this big beside the first; none towers above the others. */
const secondExtra = { ratio: 0.55, spread: 0.9 };

export function equalsFit(top: Piece, others: readonly Piece[]): number {
  const second = Math.max(0, ...others.map(sizeOf));
  if (second === 0) return 0;
  const z = Math.max(0, Math.log((secondExtra.ratio * sizeOf(top)) / second) / secondExtra.spread);
  return Math.max(-9, -0.5 * z * z);
}

interface Habit {
  film: number;
  episode: number;
  extra: number;
}

/** Shares of titles that have more than one soundtrack, that have subtitles, that are bare streams. */
const manySounds: Habit = { film: 0.85, episode: 0.65, extra: 0.15 };
const subtitled: Habit = { film: 0.93, episode: 0.8, extra: 0.45 };
const bareStreams: Habit = { film: 0.02, episode: 0.04, extra: 0.4 };
const sharpest: Habit = { film: 0.97, episode: 0.97, extra: 0.6 };
/** Seconds between chapters; a feature nearly always has some. */
const chapterGap = {
  film: { share: 0.96, median: 370, spread: 0.4 },
  episode: { share: 0.85, median: 370, spread: 0.5 },
  extra: { share: 0.5, median: 400, spread: 0.75 },
};
/** These signs go together, so each counts for less than it would alone. */
const SHARED_SIGNS = 0.6;
const SHORTEST_WITH_CHAPTERS = 600;

/** A film has versions more often than an episode has, and an extra hardly ever. */
const versions = { film: Math.log(6), episode: Math.log(3) };

/** How much more a title looks like a feature than like an extra, by its tracks, chapters and picture. */
export function looksLike(
  expected: 'film' | 'episode',
  piece: Piece,
  disc: readonly Piece[],
): number {
  const { audioTracks, subtitleTracks, bare, height, work } = piece;
  const best = Math.max(0, ...disc.map((other) => other.height ?? 0));
  const signs = [
    audioTracks === null ? 0 : odds(manySounds, expected, audioTracks > 1),
    subtitleTracks === null ? 0 : odds(subtitled, expected, subtitleTracks > 0),
    odds(bareStreams, expected, bare),
    height === null ? 0 : odds(sharpest, expected, height >= best),
    chaptersLookLike(expected, piece),
    work.titles.length > 1 ? versions[expected] : 0,
  ];
  return SHARED_SIGNS * signs.reduce((sum, sign) => sum + sign, 0) + rateLooksLike(expected, piece);
}

function odds(habit: Habit, expected: 'film' | 'episode', shown: boolean): number {
  return shown
    ? Math.log(habit[expected] / habit.extra)
    : Math.log((1 - habit[expected]) / (1 - habit.extra));
}

function chaptersLookLike(expected: 'film' | 'episode', { chapters, duration }: Piece): number {
  if (chapters === null || duration < SHORTEST_WITH_CHAPTERS) return 0;
  const [feature, extra] = [chapterGap[expected], chapterGap.extra];
  if (chapters <= 1) return Math.log((1 - feature.share) / (1 - extra.share));
  const ratio =
    logDensity([feature], duration / chapters) - logDensity([extra], duration / chapters);
  return Math.max(-2, Math.min(1.5, ratio));
}

/** How alike the titles of one set are, from cut to the second to broadcast loosely. */
const alikeLengths: [share: number, spread: number][] = [
  [0.25, 0.012],
  [0.4, 0.035],
  [0.28, 0.09],
  [0.07, 0.17],
];
const alikeRates: [share: number, spread: number][] = [
  [0.65, 0.1],
  [0.35, 0.25],
];

/** How well the lengths of some titles go together as one set; the first one only gives the measure. */
export function lengthsAgree(pieces: readonly Piece[]): number {
  return spreadFits(
    pieces.map(({ duration }) => duration),
    alikeLengths,
  );
}

/** How well the bit rates of episodes go together. */
export function ratesAgree(pieces: readonly Piece[]): number {
  const rates = pieces.flatMap(({ rate }) => rate ?? []);
  return rates.length === pieces.length ? spreadFits(rates, alikeRates) : 0;
}

function spreadFits(values: readonly number[], spreads: [share: number, spread: number][]): number {
  if (values.length < 2) return 0;
  const middle = median(values);
  const free = (values.length - 1) / values.length;
  return Math.max(
    ...spreads.map(
      ([share, spread]) =>
        Math.log(share) +
        free * values.reduce((sum, value) => sum + logBell(value / middle, spread), 0),
    ),
  );
}
