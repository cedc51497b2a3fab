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
