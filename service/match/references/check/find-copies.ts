import { sameLanguage } from '../language.ts';
import type { Cue, Reference } from '../reference.ts';

/** One text that several files have although they name different episodes. */
export interface Copies {
  readonly members: readonly Reference[];
  /** Those whose episode something speaks for; the others are wrong, or nobody can tell. */
  readonly vouched: readonly Reference[];
}

/** Episodes share recaps and songs, copies nearly everything. */
const SAME_SHARE = 0.5;
/** Fewer equal lines or times can be chance. */
const LEAST_SAME = 8;
/** Short lines ("Yes.") say nothing. */
const LEAST_LETTERS = 10;
/** One more file that claims the text, or two that give the other episode another text. */
const LEAST_LEAD = 1;
/** Seconds; times that fall into one of these are the same. */
const SAME_TIME = 0.2;

/**
 * Groups of files of different episodes with the same text or the same times. At least one file of a group is
 * wrong. An episode is vouched for when more files claim the text for it than for any other; files that give it
 * another text, which may be another translation, count half against it.
 */
export function findCopies(references: readonly Reference[]): Copies[] {
  const groups = new Map<Reference, Set<Reference>>();
  for (const [one, other] of similarPairs(references)) {
    if (one.season === other.season && one.episodes.some((e) => other.episodes.includes(e)))
      continue;
    join(groups, one, other);
  }
  return [...new Set(groups.values())].map((members) => judged([...members], references));
}

function judged(members: readonly Reference[], all: readonly Reference[]): Copies {
  const keys = [...new Set(members.map(keyOf))];
  const weights = keys.map((key) => {
    const inside = new Set(members.filter((one) => keyOf(one) === key).map(({ id }) => id));
    const outside = all.filter(
      (one) =>
        keyOf(one) === key &&
        !members.includes(one) &&
        !inside.has(one.id) &&
        members.some(({ language }) => language === null || sameLanguage(language, one.language)),
    );
    return { key, weight: inside.size - outside.length / 2 };
  });
  const [best, second] = weights.sort((a, b) => b.weight - a.weight);
  const winner = best && second && best.weight - second.weight >= LEAST_LEAD ? best : null;
  return { members, vouched: members.filter((one) => keyOf(one) === winner?.key) };
}

function keyOf({ season, episodes }: Reference): string {
  return `${season} ${episodes.join()}`;
}

function join(groups: Map<Reference, Set<Reference>>, one: Reference, other: Reference): void {
  const known = groups.get(one);
  if (known?.has(other)) return;
  const merged = new Set([...(known ?? [one]), ...(groups.get(other) ?? [other])]);
  for (const member of merged) groups.set(member, merged);
}

function* similarPairs(references: readonly Reference[]): Generator<[Reference, Reference]> {
  const marks = references.map(marksOf);
  for (const kind of ['lines', 'times'] as const)
    for (const [a, b] of commonPairs(marks.map((one) => one[kind]))) {
      const one = references[a];
      const other = references[b];
      if (one && other) yield [one, other];
    }
}

interface Marks {
  readonly lines: ReadonlySet<string>;
  readonly times: ReadonlySet<number>;
}

/** What was found of a file is not found again when others come beside it. */
const known = new WeakMap<Reference, Marks>();

function marksOf(reference: Reference): Marks {
  const marks = known.get(reference) ?? {
    lines: linesOf(reference.cues),
    times: timesOf(reference.cues),
  };
  known.set(reference, marks);
  return marks;
}

/** Pairs of sets of which the smaller is for the greater part in the other. */
function* commonPairs(sets: readonly ReadonlySet<string | number>[]): Generator<[number, number]> {
  const holders = new Map<string | number, number[]>();
  sets.forEach((set, index) => {
    for (const mark of set) {
      const held = holders.get(mark);
      if (held) held.push(index);
      else holders.set(mark, [index]);
    }
  });
  const common = new Uint32Array(sets.length ** 2);
  for (const held of holders.values())
    for (const [at, a] of held.entries())
      for (let next = at + 1; next < held.length; next++) {
        const pair = a * sets.length + (held[next] ?? 0);
        common[pair] = (common[pair] ?? 0) + 1;
      }
  for (let a = 0; a < sets.length; a++)
    for (let b = a + 1; b < sets.length; b++) {
      const same = common[a * sets.length + b] ?? 0;
      const smaller = Math.min(sets[a]?.size ?? 0, sets[b]?.size ?? 0);
      if (same >= LEAST_SAME && same >= smaller * SAME_SHARE) yield [a, b];
    }
}

function linesOf(cues: readonly Cue[]): Set<string> {
  const lines = cues.map(({ text }) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  return new Set(lines.filter((line) => line.length >= LEAST_LETTERS));
}

function timesOf(cues: readonly Cue[]): Set<number> {
  return new Set(cues.map(({ start }) => Math.round(start / SAME_TIME)));
}
