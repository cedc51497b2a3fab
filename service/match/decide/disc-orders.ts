import type { TitleId } from '../../contract/values.ts';
import type { DiscTitle } from './decide-input.ts';

/** One order in which the titles of a disc may follow each other. */
export interface DiscOrder {
  readonly id: 'numbers' | 'play-all' | 'described' | 'reversed';
  readonly titles: readonly DiscTitle[];
  readonly probability: number;
}

const WEIGHTS: Record<DiscOrder['id'], number> = {
  numbers: 0.6,
  'play-all': 0.9,
  described: 0.5,
  reversed: 0.03,
};

/**
 * The orders that something speaks for, with their probabilities: by title number, as the play-all plays them, as
 * TheDiscDB counts them, and backwards. Titles that an order says nothing of stay behind the one before them. What
 * plays or repeats other titles is in none of them.
 */
export function discOrders(titles: readonly DiscTitle[]): DiscOrder[] {
  const own = titles
    .filter((title) => !repeats(title))
    .toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  const orders = [
    { id: 'numbers' as const, titles: own },
    { id: 'play-all' as const, titles: placed(own, longestPlayAll(titles)) },
    { id: 'described' as const, titles: placed(own, describedOrder(own)) },
    { id: 'reversed' as const, titles: own.toReversed() },
  ];
  const different = orders.filter(
    (order, index) => !orders.slice(0, index).some((other) => isSame(order.titles, other.titles)),
  );
  const total = different.reduce((sum, { id }) => sum + WEIGHTS[id], 0);
  return different.map((order) => ({ ...order, probability: WEIGHTS[order.id] / total }));
}

/** A play-all of titles that are there, or a duplicate of one. */
export function repeats({ role, members }: DiscTitle): boolean {
  return (role === 'play-all' || role === 'duplicate') && members.length > 0;
}

function longestPlayAll(titles: readonly DiscTitle[]): readonly TitleId[] {
  return titles
    .filter(({ role }) => role === 'play-all')
    .reduce<readonly TitleId[]>(
      (longest, { members }) => (members.length > longest.length ? members : longest),
      [],
    );
}

function describedOrder(titles: readonly DiscTitle[]): TitleId[] {
  return titles
    .flatMap(({ id, described }) => {
      const first = described?.[0];
      return first ? [{ id, place: first.season * 10_000 + first.episode }] : [];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);
}

function placed(titles: readonly DiscTitle[], order: readonly TitleId[]): readonly DiscTitle[] {
  if (order.length < 2) return titles;
  let place = -1;
  return titles
    .map((title) => {
      const index = order.indexOf(title.id);
      place = index === -1 ? place : index;
      return { title, place };
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ title }) => title);
}

function isSame(a: readonly DiscTitle[], b: readonly DiscTitle[]): boolean {
  return a.every((title, index) => title === b[index]);
}
