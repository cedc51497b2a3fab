import { createThreads } from '../threads.ts';
import type { AlignTask, InsideTask, PrepareTask } from './align-tasks.ts';
import { SURE_Z } from './align-title.ts';
import { type Alignment, type AlignReference, speeds } from './alignment.ts';
import type { Inside } from './inside.ts';
import { binsOf, type PreparedReferences, type VectorKind } from './references.ts';
import { readingSpan, type TitleReading } from './title-vector.ts';
import { transformLength } from './transform.ts';
import { BINS_PER_SECOND } from './vectors.ts';

export interface AlignOptions {
  readonly signal: AbortSignal;
  /** Seconds by which a title may begin earlier or later than its reference: 120 unless said. */
  readonly maxOffset?: number;
}

export interface VoiceOptions extends AlignOptions {
  /** Seconds of the title where the features begin; 0 unless said. */
  readonly from?: number;
}

/**
 * Holds the references of a season, for all titles of a disc; everything is worked out in threads. Speeds that made a
 * title sure are tried first on the next ones. All reject with the signal's reason when it is aborted.
 */
export interface Aligner {
  /** By the starts of a title's subtitles (seconds, sorted); one alignment per reference, in their order. */
  subtitleTimes(starts: readonly number[], options: AlignOptions): Promise<Alignment[]>;
  /** By the voice activity of a title, ten features a second (see `readVoice`). */
  voice(features: Float32Array, options: VoiceOptions): Promise<Alignment[]>;
  /** Where each reference lies when it may lie anywhere, as in play-alls, double and split episodes. */
  inside(title: TitleReading, options: { readonly signal: AbortSignal }): Promise<Inside[]>;
  /** Ends the threads; the aligner is of no use after that. */
  close(): Promise<void>;
}

const MAX_OFFSET_SECONDS = 120;
/** Spectra of so many lengths are kept: titles of a disc are about as long as each other. */
const KEPT_LENGTHS = 3;

export function createAligner(references: readonly AlignReference[]): Aligner {
  const threads = createThreads(import.meta.url, './align-tasks');
  const cues = references.map((reference) =>
    reference.cues.map(({ start, end }) => ({ start, end })),
  );
  const longest = Math.max(0, ...cues.map(binsOf));
  const prepared = new Map<string, Promise<PreparedReferences>>();
  const sureSpeeds = new Set<number>();

  function prepareFor(kind: VectorKind, length: number): Promise<PreparedReferences> {
    const key = `${kind} ${length}`;
    const task: PrepareTask = { references: cues, kind, length };
    // Several titles wait for it: no single one of them may stop it.
    const { signal } = new AbortController();
    const work = prepared.get(key) ?? threads.run<PreparedReferences>('prepare', task, { signal });
    prepared.delete(key);
    prepared.set(key, work);
    work.catch(() => prepared.delete(key));
    const [oldest] = prepared.keys();
    if (prepared.size > KEPT_LENGTHS && oldest !== undefined) prepared.delete(oldest);
    return work;
  }

  async function align(title: TitleReading, { signal, maxOffset }: AlignOptions) {
    const furthest = maxOffset ?? MAX_OFFSET_SECONDS;
    const slowest = Math.min(...speeds);
    const bins = Math.ceil((readingSpan(title).to / slowest) * BINS_PER_SECOND);
    const lag = Math.ceil((furthest / slowest) * BINS_PER_SECOND);
    const length = transformLength(Math.max(longest, bins), lag);
    const task: AlignTask = {
      title,
      references: await prepareFor(title.kind, length),
      likely: [...sureSpeeds],
      otherwise: speeds.filter((speed) => !sureSpeeds.has(speed)),
      maxOffset: furthest,
    };
    const alignments = await threads.run<Alignment[]>('align', task, { signal });
    for (const { z, speed } of alignments) if (z >= SURE_Z[title.kind]) sureSpeeds.add(speed);
    return alignments;
  }

  return {
    subtitleTimes: (starts, options) => align({ kind: 'starts', starts }, options),
    voice: (features, { from = 0, ...options }) =>
      align({ kind: 'voice', features, from }, options),
    inside: (title, options) => {
      const task: InsideTask = { title, references: cues, speeds };
      return threads.run<Inside[]>('inside', task, options);
    },
    close: () => threads.close(),
  };
}
