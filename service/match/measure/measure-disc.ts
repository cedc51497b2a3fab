import type { TitleId } from '../../contract/values.ts';
import { decideDisc } from '../decide/decide-disc.ts';
import type { DecideInput, DiscTitle, InsideSpan, SignalReading } from '../decide/decide-input.ts';
import type { DiscDecision } from '../decide/title-decision.ts';
import type { TitleToMeasure } from './title-to-measure.ts';

/** What one way to measure a title found out. */
export interface Finding {
  /** Takes the place of an earlier one of the same signal. */
  readonly reading?: SignalReading | null;
  readonly inside?: readonly InsideSpan[];
}

/** One way to measure a title; the cheaper come first. */
export interface Stage {
  readonly name: string;
  readonly measure: (title: TitleToMeasure) => Promise<Finding>;
}

interface Options extends Omit<DecideInput, 'titles'> {
  readonly stages: readonly Stage[];
  readonly signal: AbortSignal;
  /** Told which title is being measured, and its place among those that still are. */
  readonly onTitle?: (title: TitleId, index: number, count: number) => void;
}

/** Programs that read a file keep a processor busy each. */
const AT_ONCE = 2;
const nothing = { readings: [] };

/**
 * Measures the titles of a disc, the cheapest way first, until the whole disc is sure or nothing is left to measure;
 * what is sure already is not measured again. All titles are decided together each time.
 */
export async function measureDisc(
  titles: readonly TitleToMeasure[],
  { stages, signal, onTitle, ...input }: Options,
): Promise<DiscDecision> {
  const measured = new Map<TitleId, Pick<DiscTitle, 'readings' | 'inside'>>();
  const decide = () =>
    decideDisc({
      ...input,
      titles: titles.map(({ file, ...title }) => ({
        ...title,
        ...(measured.get(title.id) ?? nothing),
      })),
    });
  let decision = decide();
  for (const stage of stages) {
    const unsure = new Set(decision.titles.flatMap(({ id, sure }) => (sure ? [] : [id])));
    const left = titles.filter(({ id, stated }) => unsure.has(id) && stated === null);
    if (left.length === 0) break;
    await eachOf(left, async (title, index) => {
      onTitle?.(title.id, index, left.length);
      const { reading, ...found } = await stage.measure(title);
      const known = measured.get(title.id) ?? nothing;
      signal.throwIfAborted();
      measured.set(title.id, { ...known, ...found, readings: withReading(known, reading) });
    });
    decision = decide();
  }
  return decision;
}

function withReading(
  { readings }: Pick<DiscTitle, 'readings'>,
  reading: SignalReading | null | undefined,
): readonly SignalReading[] {
  if (!reading) return readings;
  return [...readings.filter(({ signal }) => signal !== reading.signal), reading];
}

/** Does the work for all of them, a few at the same time. */
async function eachOf<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = [...items.entries()];
  const one = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}
