import type { Findings, Possibility } from '../contract/findings.ts';
import { SNAPSHOT_LIMIT_BYTES } from './snapshot.ts';

/** How much of each title is told, the most first: possibilities, and what speaks for each. */
const measures: readonly [ranked: number, explained: number][] = [
  [4, 10],
  [3, 5],
  [2, 3],
  [1, 2],
  [1, 1],
];

/** Findings as an answer may hold them: of a disc with very many titles less is told of each. */
export function findingsThatFit(findings: Findings): Findings {
  for (const [ranked, explained] of measures) {
    const shorter = shortened(findings, ranked, explained);
    if (bytesOf(shorter) <= SNAPSHOT_LIMIT_BYTES) return shorter;
  }
  const [ranked, explained] = [1, 1];
  const shortest = shortened(findings, ranked, explained);
  let room = SNAPSHOT_LIMIT_BYTES - bytesOf({ ...shortest, titles: [] });
  const titles = shortest.titles.filter((title) => {
    room -= bytesOf(title) + 1;
    return room >= 0;
  });
  return { ...shortest, titles };
}

function shortened(findings: Findings, ranked: number, explained: number): Findings {
  const shorter = (one: Possibility) => ({ ...one, explained: one.explained.slice(0, explained) });
  const titles = findings.titles.map((title) => {
    return { ...title, ranked: title.ranked.slice(0, ranked).map(shorter) };
  });
  return { ...findings, titles };
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
