import type { IdentityKind } from '../contract/identity.ts';
import type { JobSet } from '../contract/job.ts';
import type { Title, TitleRole } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import type { DiscScan, ScannedTitle } from '../scan/record.ts';
import { selectTitles } from './selection.ts';
import { type RoleOf, rolesOf } from './structure/roles.ts';
import { type Structure, structureOf } from './structure/structure.ts';
import { factsOfTitle } from './structure/title-facts.ts';

interface TitleSources {
  scan: DiscScan;
  structure: Structure;
  kind: IdentityKind;
  set: JobSet;
  /** What TheDiscDB says that titles are, by number. */
  described: ReadonlyMap<number, TitleRole>;
  /** The job's titles as they are; what was begun of them is kept. */
  before: readonly Title[];
}

/** "t01": the id of the disc's title 1 in its job. */
export function titleId(number: number): TitleId {
  return `t${String(number).padStart(2, '0')}`;
}

/** The job's titles from the scan, with roles and the choice of what is ripped. */
export function titlesOf(sources: TitleSources): Title[] {
  const { scan, structure, kind, set, before, described } = sources;
  const roles = rolesOf(kind, structure);
  const titles = scan.titles.map((scanned) => titleOf(scanned, roles.get(scanned.number)));
  for (const title of titles)
    title.role = statedOf(set, title.id)?.role ?? roleBeside(described, title, titles);
  const wanted = selectTitles(titles, scan.bytes, playedNowhereElse(structure));
  const readable = titles.map((title): Title => {
    const begun = before.find(({ id, state }) => id === title.id && !isUntouched(state));
    if (begun) return begun;
    const isWanted = statedOf(set, title.id)?.wanted ?? wanted.has(title.number);
    return { ...title, wanted: isWanted, state: isWanted ? 'pending' : 'skipped' };
  });
  const lost = scan.unreadable.map((title) => lostTitle(title, before, set));
  return asManyAsFit([...readable, ...lost], structure).sort((a, b) => a.number - b.number);
}

/** A job can name no more; Blu-ray discs have up to two thousand playlists. */
const MOST_TITLES = 999;
/** As many as the question for the film can name. */
const MOST_HIDING = 99;

/** Of too many titles what was begun, what may hide the film, and the biggest of what is to be read. */
function asManyAsFit(titles: Title[], { works: { decoys } }: Structure): Title[] {
  if (titles.length <= MOST_TITLES) return titles;
  const hiding = new Set(decoys.slice(0, MOST_HIDING));
  const rank = ({ number, wanted, state }: Title): number => {
    if (!isUntouched(state)) return 0;
    if (hiding.has(number)) return 1;
    return wanted ? 2 : 3;
  };
  return titles.toSorted((a, b) => rank(a) - rank(b) || b.bytes - a.bytes).slice(0, MOST_TITLES);
}

/** How much an episode that nobody described may differ from those that somebody did. */
const ALIKE = { shorter: 0.7, longer: 1.4 };

/**
 * Where somebody has said which title is the film, no other is. Where somebody has described some episodes, a
 * title of their length may still be one.
 */
function roleBeside(
  described: ReadonlyMap<number, TitleRole>,
  { number, role, duration }: Title,
  titles: readonly Title[],
): TitleRole {
  const said = described.get(number);
  const saysWhich = [...described.values()].some((one) => one === 'main' || one === 'episode');
  if (said || !saysWhich) return said ?? role;
  if (role === 'main') return 'extra';
  if (role !== 'episode') return role;
  const isAlike = titles.some(
    (other) =>
      described.get(other.number) === 'episode' &&
      duration >= ALIKE.shorter * other.duration &&
      duration <= ALIKE.longer * other.duration,
  );
  return isAlike ? 'episode' : 'extra';
}

/** Play-alls with a minute and more that none of their members plays: an episode without a title of its own. */
function playedNowhereElse({ works }: Structure): Set<number> {
  const own = works.playAlls.filter(({ ownSeconds }) => ownSeconds >= 60);
  return new Set(own.map(({ number }) => number));
}

/** A title whose set is damaged beyond reading: nobody knows what it is, so its loss must not be silent. */
function lostTitle(
  { number, reason }: DiscScan['unreadable'][number],
  before: readonly Title[],
  set: JobSet,
): Title {
  const id = titleId(number);
  const known = before.find((title) => title.id === id && !isUntouched(title.state));
  if (known) return known;
  const isWanted = statedOf(set, id)?.wanted ?? true;
  const facts = {
    number,
    duration: 0,
    bytes: 0,
    angles: 1,
    video: null,
    chapters: [],
    audio: [],
    subtitles: [],
  };
  const hint = 'Clean the disc and put it in again: only what is missing is read then.';
  return {
    ...titleOf(facts),
    wanted: isWanted,
    state: isWanted ? 'failed' : 'skipped',
    error: { code: 'disc-unreadable', message: `${reason}.`, hint },
  };
}

/** Gives a job's titles the roles of another kind of disc; what is ripped stays as it was chosen. */
export function assignRoles(titles: Title[], kind: IdentityKind, set: JobSet): void {
  const roles = rolesOf(kind, structureOf(titles.map(factsOfTitle)));
  for (const title of titles) {
    const { role, related } = roles.get(title.number) ?? unrelated;
    title.role = statedOf(set, title.id)?.role ?? role;
    title.related = related.map(titleId);
  }
}

const unrelated: RoleOf = { role: 'unknown', related: [] };

function statedOf(set: JobSet, id: TitleId) {
  return set.titles?.find((title) => title.id === id);
}

function isUntouched(state: Title['state']): boolean {
  return state === 'pending' || state === 'skipped';
}

type Facts = Pick<
  ScannedTitle,
  'number' | 'duration' | 'bytes' | 'angles' | 'chapters' | 'audio' | 'subtitles'
> & { video: Title['video'] };

function titleOf(scanned: Facts, { role, related } = unrelated): Title {
  const { number, duration, bytes, angles, chapters } = scanned;
  return {
    id: titleId(number),
    number,
    role,
    wanted: false,
    state: 'skipped',
    duration,
    bytes,
    chapters: chapters.length,
    angles,
    video: scanned.video,
    audio: scanned.audio.slice(0, 32).map(({ streamId: _, ...track }) => track),
    subtitles: scanned.subtitles.slice(0, 32).map(({ streamId: _, ...track }) => track),
    related: related.slice(0, 99).map(titleId),
    file: null,
    match: null,
    filed: null,
    error: null,
  };
}
