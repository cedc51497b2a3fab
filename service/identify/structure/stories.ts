import type { IdentityKind } from '../../contract/identity.ts';
import { arrangementFits } from './arrangement.ts';
import { authoringAgrees } from './authoring.ts';
import { logBell, logSum, median } from './densities.ts';
import { type EpisodeSet, episodeSets } from './episode-sets.ts';
import { episodesIn } from './joined-episodes.ts';
import {
  countFits,
  equalsFit,
  fewEnough,
  lengthFits,
  lengthsAgree,
  looksLike,
  ratesAgree,
  roomFits,
  sizeFits,
} from './likelihood.ts';
import { type GainfulSet, gainful, minor } from './minor-titles.ts';
import { type Piece, sizeOf } from './piece.ts';
import { alikeInWords, standsOut } from './story-words.ts';
import { type DiscWorks, titleNumbers, type Work } from './works.ts';

/** A way in which a disc like this may have come about. */
export interface Story {
  kind: IdentityKind;
  /** What the disc is about: the film or films, the episodes; in disc order. */
  principals: readonly Work[];
  /** The principals are versions of one and the same film. */
  oneWork?: true;
  /** Logarithm of how likely the story is and of how likely it leads to this disc, up to a constant. */
  logLikelihood: number;
  says: string;
}

/** Shares of the stories among discs; films and series in the proportion of TheDiscDB's catalogue. */
const share = {
  film: 0.44,
  films: 0.02,
  versions: 0.03,
  series: 0.42,
  joined: 0.02,
  extras: 0.08,
  unknown: 0.01,
};
/** A disc of extras has several of them. */
const fewExtras = [-2.5, -1];
/** Episodes that are not of the usual length: a double one, a long finale. */
const ODD_EPISODE = 0.06;
const oddLengths: [share: number, ratio: number, spread: number][] = [
  [0.5, 2, 0.1],
  [0.4, 1.4, 0.12],
  [0.06, 3, 0.08],
  [0.04, 4, 0.08],
];
/** What is further from the usual length is odd; even the oddest episode is one if the play-all plays it. */
const ODD_FACTOR = 1.5;
const ODDEST = -5;
/** What contradicts a story, though discs are made carelessly now and then. */
const CONTRADICTION = -5;
/** Joined episodes are twice as often as films the only thing of any length on their disc. */
const ALONE = Math.log(2);
const LONG_SECONDS = 300;
/** Small titles tell nothing that bigger ones do not. */
const MOST_PIECES = 120;
/** A film or a single episode is sought among the biggest titles only. */
const MOST_FILMS = 4;

/** What all stories of a disc have in common. */
interface Disc extends Pick<DiscWorks, 'playAlls' | 'hidden'> {
  /** The biggest first. */
  pieces: readonly Piece[];
  sets: readonly GainfulSet[];
}

/** Every story that leads to a disc of these titles, biggest first. */
export function storiesOf(all: readonly Piece[], { playAlls, hidden }: DiscWorks): Story[] {
  const pieces = all.slice(0, MOST_PIECES);
  const sets = episodeSets(pieces, playAlls).map((set) => gainful(set, pieces));
  const disc = { pieces, playAlls, hidden, sets };
  const top = pieces.slice(0, MOST_FILMS);
  const pairs = top.flatMap((a, index) => top.slice(index + 1).map((b) => [a, b] as const));
  return [
    ...top.map((main) => film(main, disc)),
    ...pairs.flatMap(([a, b]) => versions(a, b, disc)),
    ...[2, 3].filter((count) => count <= top.length).map((count) => films(count, disc)),
    ...sets.filter((set) => isWorthTelling(set, top)).map((set) => series(set, disc)),
    ...top.slice(0, 1).map((title) => joined(title, disc)),
    ...(pieces.length > 0 ? [extras(disc)] : []),
    unknown(disc),
  ];
}

function isWorthTelling({ pieces }: EpisodeSet, top: readonly Piece[]): boolean {
  return pieces.length > 1 || pieces.some((piece) => top.includes(piece));
}

function film(main: Piece, disc: Disc): Story {
  const { pieces, playAlls } = disc;
  const others = pieces.filter((piece) => piece !== main);
  return {
    kind: 'movie',
    principals: [main.work],
    logLikelihood:
      Math.log(share.film) +
      arrangementFits([main], pieces) +
      roomFits([main], pieces) +
      lengthFits('film', main) +
      looksLike('film', main, pieces) +
      sizeFits('film', others, sizeOf(main)) +
      fewEnough('film', others.length) +
      minor(others, disc, 'extra', main.rate) +
      (isPartOfMore(main, playAlls) ? CONTRADICTION : 0),
    says: standsOut(main, others),
  };
}

/** Two versions of a film where nothing tells whether they share scenes. */
function versions(a: Piece, b: Piece, disc: Disc): Story[] {
  const { pieces } = disc;
  if (a.compared || b.compared) return [];
  const others = pieces.filter((piece) => piece !== a && piece !== b);
  return [
    {
      kind: 'movie',
      principals: [a.work, b.work],
      oneWork: true,
      logLikelihood:
        Math.log(share.versions) +
        arrangementFits([a, b], pieces) +
        roomFits([a, b], pieces) +
        lengthFits('film', a) +
        looksLike('film', a, pieces) +
        logBell(a.duration / b.duration, 0.12) +
        rateRatioFits(a, b) +
        sizeFits('film', others, sizeOf(b)) +
        fewEnough('film', others.length) +
        minor(others, disc, 'extra', a.rate),
      says: 'two titles are about as long and may be two versions of a film',
    },
  ];
}

function films(count: number, disc: Disc): Story {
  const { pieces } = disc;
  const [mains, others] = [pieces.slice(0, count), pieces.slice(count)];
  const [first, ...more] = mains;
  return {
    kind: 'movie',
    principals: mains.map(({ work }) => work),
    logLikelihood:
      Math.log(share.films) +
      arrangementFits(mains, pieces) +
      roomFits(mains, pieces) -
      (count - 2) +
      mains.reduce((sum, main) => sum + lengthFits('film', main), 0) +
      (first ? looksLike('film', first, pieces) : 0) +
      more.reduce((sum, main) => sum + (first ? rateRatioFits(first, main) : 0), 0) +
      sizeFits('film', others, Math.min(...mains.map(sizeOf))) +
      fewEnough('film', others.length) +
      minor(others, disc, 'extra', first?.rate ?? null) +
      (mains.some((main) => isPartOfMore(main, disc.playAlls)) ? CONTRADICTION : 0),
    says: `${count} titles are as long as films`,
  };
}

function series({ pieces: set, played }: EpisodeSet, disc: Disc): Story {
  const { pieces } = disc;
  const usual = median(set.map(({ duration }) => duration));
  const alike = set.filter(({ duration }) => isWithin(duration, usual, ODD_FACTOR));
  const length = median(alike.map(({ duration }) => duration));
  const rate = medianRate(alike);
  const middle = alike[Math.floor(alike.length / 2)];
  const rest = pieces.filter((piece) => !alike.includes(piece));
  const odd = rest.filter(
    (piece) => set.includes(piece) || oddFits(piece, length, rate) > lengthFits('extra', piece) - 1,
  );
  const others = rest.filter((piece) => !odd.includes(piece));
  const episodes = [...alike, ...odd];
  return {
    kind: 'tv',
    principals: episodes.map(({ work }) => work).sort((a, b) => a.number - b.number),
    logLikelihood:
      Math.log(share.series) +
      (played && odd.length === 0 ? 0 : arrangementFits(episodes, pieces)) +
      roomFits(episodes, pieces) +
      lengthFits('episode', { durations: [length] }) +
      countFits(episodes.length, length) +
      lengthsAgree(alike) +
      ratesAgree(alike) +
      authoringAgrees(alike) +
      (middle ? looksLike('episode', middle, pieces) : 0) +
      odd.reduce((sum, piece) => sum + Math.max(oddFits(piece, length, rate), ODDEST), 0) +
      sizeFits('episode', others, median(alike.map(sizeOf))) +
      fewEnough('episode', others.length) +
      minor(others, disc, 'extra', rate) +
      (disc.playAlls.some(({ members }) => leavesOut(members, episodes, pieces))
        ? CONTRADICTION / 2
        : 0),
    says: alikeInWords(alike.length, odd.length, played),
  };
}

/** Whether a play-all plays some of these titles and others that are none of them, or not all of them. */
function leavesOut(
  members: readonly number[],
  episodes: readonly Piece[],
  pieces: readonly Piece[],
): boolean {
  const played = pieces.filter((piece) => isPlayed(piece, members));
  const both = played.filter((piece) => episodes.includes(piece)).length;
  return both > 0 && (both < played.length || both < episodes.length);
}

/** A disc whose episodes are nothing but stretches of one long title; it is films that studios hide. */
function joined(title: Piece, disc: Disc): Story {
  const others = disc.pieces.filter((piece) => piece !== title);
  const { count, logOdds } = episodesIn(title.work);
  return {
    kind: 'tv',
    principals: [title.work],
    logLikelihood:
      Math.log(share.joined) +
      arrangementFits([title], disc.pieces) +
      roomFits([title], disc.pieces) +
      logBell(title.duration / 7000, 0.35) +
      logOdds +
      (title.work === disc.hidden ? CONTRADICTION : 0) +
      (others.some(({ duration }) => duration >= LONG_SECONDS) ? 0 : ALONE) +
      looksLike('episode', title, disc.pieces) +
      sizeFits('film', others, sizeOf(title)) +
      fewEnough('episode', others.length) +
      minor(others, disc, 'extra', title.rate),
    says:
      count === null
        ? 'one long title may be all its episodes in a row'
        : `one long title is made of ${count} parts, as a play-all of episodes is`,
  };
}

function extras(disc: Disc): Story {
  const [top, ...others] = disc.pieces;
  return {
    kind: 'extras',
    principals: [],
    logLikelihood:
      Math.log(share.extras) +
      (top ? lengthFits('longest-programme', top) : 0) +
      (top ? equalsFit(top, others) : 0) +
      (fewExtras[others.length] ?? 0) +
      minor(others, disc, 'programme', top?.rate ?? null, top),
    says: 'the titles are as unlike one another as extras are',
  };
}

function unknown(disc: Disc): Story {
  const { pieces } = disc;
  return {
    kind: 'unknown',
    principals: [],
    logLikelihood: Math.log(share.unknown) + minor(pieces, disc, 'extra', pieces[0]?.rate ?? null),
    says: 'no title is long enough for a film or an episode',
  };
}

function oddFits(piece: Piece, length: number, rate: number | null): number {
  const lengths = oddLengths.map(
    ([share, ratio, spread]) => Math.log(share) + logBell(piece.duration / length / ratio, spread),
  );
  const rates = piece.rate === null || rate === null ? 0 : logBell(piece.rate / rate, 0.12);
  return Math.log(ODD_EPISODE) + logSum(lengths) + rates;
}

function rateRatioFits(a: Piece, b: Piece): number {
  return a.rate === null || b.rate === null ? 0 : logBell(a.rate / b.rate, 0.12);
}

/** No film is played by a play-all. */
function isPartOfMore(main: Piece, playAlls: DiscWorks['playAlls']): boolean {
  return playAlls.some(({ members }) => isPlayed(main, members));
}

function isPlayed({ work }: Piece, members: readonly number[]): boolean {
  return titleNumbers(work).some((number) => members.includes(number));
}

function medianRate(pieces: readonly Piece[]): number | null {
  const rates = pieces.flatMap(({ rate }) => rate ?? []);
  return rates.length === 0 ? null : median(rates);
}

function isWithin(value: number, usual: number, factor: number): boolean {
  return Math.max(value, usual) <= factor * Math.min(value, usual);
}
