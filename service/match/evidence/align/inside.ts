import type { Alignment, TimedCue } from './alignment.ts';
import { type Comparison, compare } from './compare.ts';
import { binsOf, prepareReferences } from './references.ts';
import { readingSpan } from './title-vector.ts';
import { transformLength } from './transform.ts';
import { BINS_PER_SECOND } from './vectors.ts';

/** Where in a title a reference lies, anywhere in it. */
export interface Inside extends Alignment {
  /** The stretch of the title that the reference covers, seconds. */
  readonly from: number;
  readonly to: number;
}

interface Search extends Omit<Comparison, 'references' | 'maxOffset' | 'only'> {
  readonly references: readonly (readonly TimedCue[])[];
}

/** So many at a time: the transforms of a play-all are long (2 MB for two), and nobody asks for them twice. */
const AT_ONCE = 16;

/**
 * Looks for every reference anywhere in the title: several episodes in one title lie at offsets a runtime apart, and
 * of an episode that was split a title is only a part. Among so many lags, wrong references reach about 2 more.
 */
export function findInside({ references, ...search }: Search): Inside[] {
  const span = readingSpan(search.title);
  const slowest = Math.min(...search.speeds);
  const title = Math.ceil((span.to / slowest) * BINS_PER_SECOND);
  const found: Inside[] = [];
  for (let index = 0; index < references.length; index += AT_ONCE) {
    const some = references.slice(index, index + AT_ONCE);
    const length = transformLength(title, Math.max(...some.map(binsOf)));
    const prepared = prepareReferences(some, search.title.kind, length);
    const maxOffset = Number.POSITIVE_INFINITY;
    const alignments = compare({ ...search, references: prepared, maxOffset });
    for (const [at, alignment] of alignments.entries())
      found.push({ ...alignment, ...coveredBy(alignment, some[at] ?? [], span) });
  }
  return found;
}

function coveredBy(
  { offset, speed }: Alignment,
  cues: readonly TimedCue[],
  span: { from: number; to: number },
) {
  const end = binsOf(cues) / BINS_PER_SECOND;
  const within = (time: number) => Math.min(span.to, Math.max(span.from, time));
  return { from: within(offset), to: within(end * speed + offset) };
}

/** Stretches may overlap by so much of the shorter one: credits and recaps belong to two. */
const MOST_OVERLAP = 0.2;

/**
 * The references that together make up a title, in the order of their stretches: the highest first, and none where
 * another one is already.
 *
 * @returns indexes of the references
 */
export function joinedReferences(found: readonly Inside[], leastZ: number): number[] {
  const taken: number[] = [];
  const ranked = [...found.entries()].sort(([, a], [, b]) => b.z - a.z);
  for (const [index, inside] of ranked) {
    if (inside.z < leastZ) break;
    const free = taken.every((other) => overlap(inside, found[other] ?? inside) <= MOST_OVERLAP);
    if (free && inside.to > inside.from) taken.push(index);
  }
  return taken.sort((a, b) => (found[a]?.from ?? 0) - (found[b]?.from ?? 0));
}

/** Share of the shorter stretch that lies in the other one. */
function overlap(a: Inside, b: Inside): number {
  const shared = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  const shorter = Math.min(a.to - a.from, b.to - b.from);
  return shorter > 0 ? Math.max(0, shared) / shorter : 1;
}
