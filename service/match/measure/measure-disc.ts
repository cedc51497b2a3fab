import type { TitleId } from '../../contract/values.ts';
import type { DecideInput, DiscTitle, SignalReading } from '../decide/decide-input.ts';
import type { DiscDecision } from '../decide/title-decision.ts';
import type { Finding } from './stages.ts';
import type { PlayAll, TitleToMeasure } from './title-to-measure.ts';
import type { Yardstick } from './yardstick.ts';

interface Options {
  readonly yardstick: Pick<Yardstick, 'candidates' | 'references' | 'stages' | 'decide'>;
  /** Asked anew for each decision: another disc of the set may be matched meanwhile. */
  readonly group: () => DecideInput['group'];
  readonly playAlls?: readonly PlayAll[];
  readonly signal: AbortSignal;
  /** Told of what could not be measured; the title is judged by the rest. */
  readonly onTrouble?: (title: TitleId, error: unknown) => void;
  /** Told which title is being measured, and its place among those that still are. */
  readonly onTitle?: (title: TitleId, index: number, count: number) => void;
}

/** Programs that read a file keep a processor busy each. */
const AT_ONCE = 2;
const nothing = { readings: [] };
const playAll = { role: 'play-all', described: null, readings: [] } as const;
const nothingFound: Finding = {};

/**
 * Measures the titles of a disc, the cheapest way first, until the whole disc is sure or nothing is left to measure;
 * what is sure already is not measured again. All titles are decided together each time.
 */
export async function measureDisc(
  titles: readonly TitleToMeasure[],
  { yardstick, group, playAlls = [], signal, onTitle, onTrouble }: Options,
): Promise<DiscDecision> {
  const { candidates, references, stages } = yardstick;
  const measured = new Map<TitleId, Pick<DiscTitle, 'readings' | 'inside'>>();
  const decide = () => {
    const measurable = titles.map(({ file, ...title }) => ({
      ...title,
      members: [],
      ...(measured.get(title.id) ?? nothing),
    }));
    const playing = playAlls.map((title) => ({ ...playAll, ...title }));
    const known = { candidates, references, group: group() };
    return yardstick.decide({ ...known, titles: [...measurable, ...playing] }, { signal });
  };
  let decision = await decide();
  for (const stage of stages) {
    const unsure = new Set(decision.titles.flatMap(({ id, sure }) => (sure ? [] : [id])));
    const left = titles.filter(({ id, stated }) => unsure.has(id) && stated === null);
    if (left.length === 0) break;
    await eachOf(left, async (title, index) => {
      onTitle?.(title.id, index, left.length);
      const { reading, ...found } = await stage.measure(title).catch((error: unknown) => {
        signal.throwIfAborted();
        onTrouble?.(title.id, error);
        return nothingFound;
      });
      const known = measured.get(title.id) ?? nothing;
      signal.throwIfAborted();
      measured.set(title.id, { ...known, ...found, readings: withReading(known, reading) });
    });
    decision = await decide();
  }
  return { titles: decision.titles.slice(0, titles.length) };
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
