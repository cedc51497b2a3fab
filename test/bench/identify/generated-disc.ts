import { seededRandom } from '../../authoring/seeded-random.ts';
import {
  type DiscKind,
  factsOfList,
  type KnownDisc,
  type KnownTitle,
  type ListedFacts,
} from './known-disc.ts';

/** Chance, as the makers of a disc have it. */
type Dice = ReturnType<typeof diceOf>;

function diceOf(next: () => number) {
  const between = (low: number, high: number) => low + (high - low) * next();
  return {
    between,
    whole: (low: number, high: number) => Math.floor(between(low, high + 1)),
    happens: (chance: number) => next() < chance,
    oneOf: <T>(values: readonly [T, ...T[]]): T =>
      values[Math.floor(next() * values.length)] ?? values[0],
    /** A figure around a middle, now and then far from it: the sum of three chances. */
    around: (middle: number, share: number) =>
      middle * (1 + (share * (next() + next() + next() - 1.5)) / 0.75),
  };
}

/** A title while its disc is being made. */
interface Made {
  is: 'main' | 'episode' | 'other' | null;
  seconds: number;
  /** Bytes a second. */
  rate: number;
  chapters: number;
  audioTracks: number;
  subtitleTracks: number;
  height: number;
  bare: boolean;
  clips: string[];
  episode?: number;
  playAll?: true;
  /** Index of the title it repeats. */
  copyOf?: number;
}

interface Maker {
  dice: Dice;
  format: 'dvd' | 'bluray' | 'uhd';
  rate: number;
  height: number;
  audioTracks: number;
  subtitleTracks: number;
  nextClip: () => string;
}

type Story = (maker: Maker) => Made[];

/** How often each story is told: rare ones more often than on shelves, so that they are seen at all. */
const stories: [share: number, kind: DiscKind, story: Story][] = [
  [34, 'movie', film],
  [4, 'movie', filmWithVersions],
  [2, 'movie', filmWithLongDocumentary],
  [2, 'movie', twoFilms],
  [1, 'movie', shortFilm],
  [38, 'tv', series],
  [3, 'tv', seriesOfShorts],
  [3, 'tv', evenings],
  [3, 'tv', seriesWithDouble],
  [1, 'tv', single],
  [1, 'tv', joined],
  [8, 'extras', extrasDisc],
];

/** A disc from one of the stories, the same for the same seed; never a copy of a real one. */
export function generateDisc(seed: string): KnownDisc {
  const dice = diceOf(seededRandom(seed));
  const maker = makerOf(dice);
  const total = stories.reduce((sum, [share]) => sum + share, 0);
  let left = dice.between(0, total);
  const [, kind, story] =
    stories.find(([share]) => {
      left -= share;
      return left < 0;
    }) ?? fallback;
  const made = story(maker);
  const labelledOnly = dice.happens(0.5);
  const shown = labelledOnly ? made.filter(({ is }) => is !== null) : made;
  return discOf(`${seed} ${story.name}`, { kind, made: shown, maker, labelledOnly });
}

const fallback: [number, DiscKind, Story] = [1, 'movie', film];

/** Bytes a second. */
const rates = {
  dvd: { from: 0.6e6, to: 1.1e6 },
  bluray: { from: 2.4e6, to: 5.5e6 },
  uhd: { from: 5e6, to: 9.5e6 },
};
/** Seconds that most extras of a disc take. */
const habits: [Habit, ...Habit[]] = [
  { from: 60, to: 240 },
  { from: 120, to: 700 },
  { from: 400, to: 1000 },
  { from: 60, to: 1800 },
];
type Habit = { from: number; to: number };

function makerOf(dice: Dice): Maker {
  const format = dice.oneOf(['dvd', 'dvd', 'bluray', 'bluray', 'bluray', 'uhd'] as const);
  const { from, to } = rates[format];
  let clip = dice.whole(0, 300);
  return {
    dice,
    format,
    rate: dice.between(from, to),
    height: { dvd: 480, bluray: 1080, uhd: 2160 }[format],
    audioTracks: dice.happens(0.12) ? 1 : dice.whole(2, 6),
    subtitleTracks: dice.whole(0, 9),
    nextClip: () => {
      clip += 1;
      return String(clip);
    },
  };
}

function feature(maker: Maker, seconds: number, is: Made['is']): Made {
  const { dice, rate, height, audioTracks, subtitleTracks, nextClip } = maker;
  const gap = dice.between(200, 640);
  return {
    is,
    seconds,
    rate: dice.around(rate, 0.06),
    chapters: dice.happens(0.07) ? 1 : Math.max(2, Math.round(seconds / gap)),
    audioTracks,
    subtitleTracks,
    height,
    bare: false,
    clips: [nextClip()],
  };
}

function filmOf(maker: Maker): Made {
  const { dice } = maker;
  const seconds = dice.happens(0.75) ? dice.between(4900, 7800) : dice.between(4300, 11_500);
  return { ...feature(maker, seconds, 'main'), clips: clipsOf(maker, dice.happens(0.2) ? 20 : 1) };
}

function clipsOf({ nextClip }: Maker, count: number): string[] {
  return Array.from({ length: count }, nextClip);
}

/** Trailers, scenes, featurettes in one encoding, and what nobody labels: logos, warnings, menus. */
function extrasOf(maker: Maker, most: number): Made[] {
  const { dice } = maker;
  const poor = dice.happens(0.6) ? dice.between(0.2, 0.7) : dice.between(0.7, 1);
  const habit = dice.oneOf(habits);
  const count = dice.whole(0, most);
  const extras = Array.from({ length: count }, () =>
    extra(
      maker,
      dice.happens(0.95) ? dice.between(habit.from, habit.to) : dice.between(900, 4500),
      poor,
    ),
  );
  const junk = Array.from({ length: dice.whole(0, 6) }, (): Made => {
    const one = extra(maker, dice.between(1, 40), poor);
    return { ...one, is: null, audioTracks: dice.happens(0.6) ? 0 : 1 };
  });
  return [...extras, ...junk];
}

function extra(maker: Maker, seconds: number, poor: number): Made {
  const { dice, format } = maker;
  return {
    ...feature(maker, seconds, 'other'),
    rate: dice.around(maker.rate * poor, 0.12),
    chapters: dice.happens(0.7) ? 1 : Math.ceil(seconds / dice.between(100, 700)),
    audioTracks: dice.happens(0.85) ? 1 : maker.audioTracks,
    subtitleTracks: dice.happens(0.5) ? 0 : maker.subtitleTracks,
    height: format !== 'dvd' && dice.happens(0.4) ? 480 : Math.min(1080, maker.height),
    bare: format !== 'dvd' && dice.happens(0.45),
  };
}

function film(maker: Maker): Made[] {
  const main = filmOf(maker);
  const copy = maker.dice.happens(0.1) ? [{ ...main, is: null, copyOf: 0 }] : [];
  return [main, ...copy, ...extrasOf(maker, 18)];
}

function filmWithVersions(maker: Maker): Made[] {
  const { dice } = maker;
  const main = { ...filmOf(maker), clips: clipsOf(maker, 12) };
  const added = clipsOf(maker, 3);
  const longer = { ...main, seconds: main.seconds * dice.between(1.02, 1.25) };
  return [main, { ...longer, clips: [...main.clips, ...added] }, ...extrasOf(maker, 8)];
}

function filmWithLongDocumentary(maker: Maker): Made[] {
  const main = filmOf(maker);
  const long = extra(maker, main.seconds * maker.dice.between(0.7, 1.3), 0.35);
  return [main, long, ...extrasOf(maker, 10)];
}

function twoFilms(maker: Maker): Made[] {
  return [filmOf(maker), filmOf(maker), ...extrasOf(maker, 3)];
}

function shortFilm(maker: Maker): Made[] {
  return [feature(maker, maker.dice.between(1500, 4200), 'main'), ...extrasOf(maker, 3)];
}

function episodes(maker: Maker, slot: number, count: number): Made[] {
  const { dice } = maker;
  const loose = dice.oneOf([0.003, 0.01, 0.03, 0.03, 0.08, 0.16]);
  const start = dice.whole(1, 12);
  return Array.from({ length: count }, (_, index) => ({
    ...feature(maker, dice.around(slot, loose), 'episode'),
    rate: dice.around(maker.rate, dice.oneOf([0.02, 0.06, 0.12])),
    episode: start + index,
  })).map((made, _, [first]) => ({ ...made, chapters: first?.chapters ?? 1 }));
}

/** As a disc is: episodes, often a play-all, commentary copies and animatics now and then. */
function withSeriesExtras(maker: Maker, all: Made[], most: number): Made[] {
  const { dice } = maker;
  const playAll: Made[] = dice.happens(0.3) && all.length > 1 ? [playAllOf(all)] : [];
  const [first] = all;
  const animatic: Made[] =
    first && dice.happens(0.05) ? [extra(maker, dice.around(first.seconds, 0.04), 0.25)] : [];
  const copy: Made[] = first && dice.happens(0.05) ? [{ ...first, is: null, copyOf: 0 }] : [];
  return [...all, ...playAll, ...animatic, ...copy, ...extrasOf(maker, most)];
}

function playAllOf(all: readonly Made[]): Made {
  const seconds = all.reduce((sum, made) => sum + made.seconds, 0);
  const bytes = all.reduce((sum, made) => sum + made.seconds * made.rate, 0);
  const [first] = all;
  return {
    ...(first ?? { audioTracks: 1, subtitleTracks: 0, height: 480, bare: false }),
    is: 'other',
    seconds,
    rate: bytes / seconds,
    chapters: all.reduce((sum, { chapters }) => sum + chapters, 0),
    clips: all.flatMap(({ clips }) => clips),
    playAll: true,
  };
}

function series(maker: Maker): Made[] {
  const { dice, format } = maker;
  const slot = dice.oneOf([1260, 1330, 1380, 1500, 2500, 2580, 2620, 2640, 2700, 3100, 3400]);
  const minutes = dice.between(80, format === 'dvd' ? 190 : 260);
  const count = dice.happens(0.12) ? dice.whole(1, 2) : Math.round((minutes * 60) / slot);
  return withSeriesExtras(maker, episodes(maker, slot, Math.max(1, count)), 9);
}

function seriesOfShorts(maker: Maker): Made[] {
  const slot = maker.dice.between(300, 780);
  return withSeriesExtras(maker, episodes(maker, slot, maker.dice.whole(6, 28)), 4);
}

function evenings(maker: Maker): Made[] {
  const slot = maker.dice.between(4200, 5900);
  return withSeriesExtras(maker, episodes(maker, slot, maker.dice.whole(1, 3)), 5);
}

function seriesWithDouble(maker: Maker): Made[] {
  const slot = maker.dice.oneOf([1300, 2550, 2620]);
  const all = episodes(maker, slot, maker.dice.whole(2, 5));
  const [first, ...more] = all;
  if (!first) return all;
  const factor = maker.dice.between(1.85, 2.15);
  const double = { ...first, seconds: first.seconds * factor, chapters: first.chapters * 2 };
  return withSeriesExtras(maker, [double, ...more], 5);
}

function single(maker: Maker): Made[] {
  const seconds = maker.dice.oneOf([2600, 3500, 5300, 5800]);
  return withSeriesExtras(maker, episodes(maker, seconds, 1), 6);
}

function joined(maker: Maker): Made[] {
  const all = episodes(maker, maker.dice.oneOf([1420, 2600]), maker.dice.whole(3, 6));
  const { playAll: _, ...whole } = playAllOf(all);
  return [{ ...whole, is: 'episode', playAll: true, episode: 1 }, ...extrasOf(maker, 2)];
}

function extrasDisc(maker: Maker): Made[] {
  const { dice } = maker;
  const count = dice.whole(2, 16);
  const longest = dice.happens(0.75) ? dice.between(900, 3600) : dice.between(3600, 6000);
  const alike = dice.happens(0.15) ? dice.between(500, 1700) : null;
  return [
    extra(maker, longest, 0.9),
    ...Array.from({ length: count }, () =>
      extra(maker, alike ? dice.around(alike, 0.06) : dice.between(60, longest * 0.9), 0.8),
    ),
    ...extrasOf(maker, 3),
  ];
}

interface Shown {
  kind: DiscKind;
  made: readonly Made[];
  maker: Maker;
  labelledOnly: boolean;
}

function discOf(id: string, { kind, made, maker, labelledOnly }: Shown): KnownDisc {
  const { dice, format } = maker;
  const tellsTracks = dice.happens(0.5);
  const sources = made.map((title, index) => sourceOf(title, index, format));
  const listed = made.map((title, index): ListedFacts => {
    const bytes = Math.round(title.seconds * title.rate);
    return {
      source: sources[index] ?? '',
      clips: format === 'dvd' ? null : title.clips,
      medium: format === 'dvd' ? 'dvd' : 'bluray',
      duration: Math.round(title.seconds),
      bytes: labelledOnly ? roundedBytes(bytes) : bytes,
      exact: !labelledOnly,
      chapters: dice.happens(0.5) ? title.chapters : null,
      height: tellsTracks ? title.height : null,
      audioTracks: tellsTracks ? title.audioTracks : null,
      subtitleTracks: tellsTracks ? title.subtitleTracks : null,
    };
  });
  const facts = factsOfList(listed);
  return {
    id,
    kind,
    complete: !labelledOnly,
    listed,
    titles: made.flatMap((title, index): KnownTitle[] => {
      const known = facts[index];
      if (!known) return [];
      const { is, episode = null, playAll = false, copyOf } = title;
      const duplicateOf = copyOf === undefined ? null : (sources[copyOf] ?? null);
      return [
        { facts: known, source: sources[index] ?? '', index, is, episode, playAll, duplicateOf },
      ];
    }),
  };
}

function sourceOf({ bare, clips }: Made, index: number, format: Maker['format']): string {
  if (format === 'dvd') return String(index + 1).padStart(2, '0');
  return bare
    ? `${(clips[0] ?? '').padStart(5, '0')}.m2ts`
    : `${String(index + 1).padStart(5, '0')}.mpls`;
}

/** As lists give it to people: "4.5 GB", "812.3 MB". */
function roundedBytes(bytes: number): number {
  const unit = bytes >= 2 ** 30 ? 2 ** 30 : 2 ** 20;
  return Math.round((Math.round((bytes / unit) * 10) / 10) * unit);
}
