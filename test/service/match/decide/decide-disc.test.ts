import assert from 'node:assert/strict';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import type { DecideInput, DiscTitle } from '../../../../service/match/decide/decide-input.ts';
import { episodeNames } from '../../../../service/match/decide/episode-names.ts';

const RUNTIME = 2640;

/** z of every reference: 40 and more where the title is the reference's, else about what chance gives. */
function reading(title: number, references: readonly (number | null)[]): DiscTitle['readings'][0] {
  return {
    signal: 'subtitle-times',
    scores: references.map((reference, index) =>
      reference === title ? 42 + title : 6.4 + ((7 * index + 5 * title) % 11) / 10,
    ),
  };
}

function disc(
  held: readonly (number | null)[],
  {
    episodes = 10,
    files = Array.from({ length: episodes }, (_, index) => index + 1),
    ...changes
  }: { episodes?: number; files?: readonly (number | null)[] } & Partial<DecideInput> = {},
): DecideInput {
  return {
    titles: held.map((episode, index) => ({
      id: `t${String(index + 1).padStart(2, '0')}`,
      number: index + 1,
      duration: episode === null ? 700 : RUNTIME,
      role: episode === null ? 'extra' : 'episode',
      members: [],
      described: null,
      readings: [reading(episode ?? 1000, files)],
    })),
    candidates: Array.from({ length: episodes }, (_, index) => ({
      season: 1,
      episode: index + 1,
      name: null,
      runtime: RUNTIME,
    })),
    references: files.map((_, index) => ({ id: `r${index}`, episodes: [index % episodes] })),
    group: { disc: null, others: [] },
    ...changes,
  };
}

const told = (input: DecideInput) =>
  decideDisc(input).titles.map(
    ({ verdict, ranked: [best] }) => `${verdict} ${episodeNames(best?.episodes ?? [], false)}`,
  );

describe('deciding a disc', () => {
  it('accepts what subtitle times and order agree on', () => {
    assert.deepEqual(told(disc([3, 4, null, 5, 6])), [
      'accept E03',
      'accept E04',
      'accept no episode',
      'accept E05',
      'accept E06',
    ]);
  });

  it('accepts nothing without references', () => {
    const verdicts = told(disc([1, 2, 3], { references: [] }));
    assert.ok(
      verdicts.every((verdict) => verdict.startsWith('ask')),
      verdicts.join(),
    );
  });

  it('asks when two files seem to have each other’s numbers', () => {
    const verdicts = told(disc([3, 4, 5, 6], { files: [1, 2, 3, 5, 4, 6, 7, 8, 9, 10] }));
    assert.deepEqual(
      verdicts.slice(1, 3).map((verdict) => verdict.slice(0, 3)),
      ['ask', 'ask'],
    );
  });
});
