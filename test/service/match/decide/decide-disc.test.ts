import assert from 'node:assert/strict';
import { Explanation } from '../../../../service/contract/findings.ts';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import type { DecideInput, DiscTitle } from '../../../../service/match/decide/decide-input.ts';
import { episodeNames } from '../../../../service/match/decide/episode-names.ts';
import { because, explanationOf } from '../../../../service/match/decide/explanation.ts';
import type { EpisodeKey } from '../../../../service/match/episode-key.ts';

const RUNTIME = 2640;

interface Season {
  /** How many episodes there are, numbered from 1. */
  episodes?: number;
  /** The episodes whose texts the files have; file n is labelled as episode n, and again from 1. 0 fits nothing. */
  files?: readonly number[];
}

/** What the titles of a disc are: an episode, several, or none (0). */
function disc(
  held: readonly (number | readonly number[])[],
  { episodes = 10, files = upTo(episodes), ...changes }: Season & Partial<DecideInput> = {},
): DecideInput {
  return {
    titles: held.map((one, index) => title(index, [one].flat().filter(Boolean), files)),
    candidates: upTo(episodes).map((episode) => ({
      season: 1,
      episode,
      name: null,
      runtime: RUNTIME,
    })),
    references: files.map((_, index) => ({ id: `r${index}`, episodes: [index % episodes] })),
    group: { disc: null, others: [] },
    ...changes,
  };
}

/** z of 42 and more for files with the title's text, else about what chance gives. */
function title(index: number, held: readonly number[], files: readonly number[]): DiscTitle {
  const scoreOf = (file: number, at: number) =>
    file === held[0] ? 42 + index : 6.4 + ((7 * at + 5 * index) % 11) / 10;
  return {
    id: idOf(index),
    number: index + 1,
    duration: held.length === 0 ? 700 : RUNTIME * held.length,
    role: held.length === 0 ? 'extra' : 'episode',
    members: [],
    described: null,
    readings: [{ signal: 'subtitle-times', scores: files.map(scoreOf) }],
    inside: files.flatMap((file, reference) => {
      const from = RUNTIME * held.indexOf(file);
      if (held.length < 2 || from < 0) return [];
      const span = { offset: from, speed: 1, from, to: from + RUNTIME };
      return [{ signal: 'subtitle-times' as const, reference, z: 31, ...span }];
    }),
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const idOf = (index: number) => `t${String(index + 1).padStart(2, '0')}`;
const keys = (...episodes: readonly number[]): EpisodeKey[] =>
  episodes.map((episode) => ({ season: 1, episode }));

/** The same disc with one title changed. */
function changed(input: DecideInput, index: number, changes: Partial<DiscTitle>): DecideInput {
  const titles = input.titles.map((one, at) => (at === index ? { ...one, ...changes } : one));
  return { ...input, titles };
}

/** "accept E03", in the order of the titles. */
function told(input: DecideInput): string[] {
  const seasons = new Set(input.candidates.map(({ season }) => season));
  return decideDisc(input).titles.map(({ verdict, ranked: [best] }) => {
    return `${verdict} ${episodeNames(best?.episodes ?? [], seasons.size > 1)}`;
  });
}

const accepted = (...episodes: readonly string[]) => episodes.map((one) => `accept ${one}`);

/** Ten files, two of them with each other's numbers. */
const swapped = (a: number, b: number) =>
  upTo(10).map((one) => (one === a ? b : one === b ? a : one));

describe('deciding a disc', () => {
  const plain = accepted('E03', 'E04', 'no episode', 'E05', 'E06');

  it('accepts what subtitle times, lengths and order agree on', () => {
    assert.deepEqual(told(disc([3, 4, 0, 5, 6])), plain);
    assert.ok(decideDisc(disc([3, 4, 0, 5, 6])).titles.every(({ sure }) => sure));
  });

  it('accepts nothing without references', () => {
    const verdicts = told(disc([1, 2, 3], { references: [], files: [] }));
    assert.ok(
      verdicts.every((verdict) => verdict.startsWith('ask')),
      verdicts.join(),
    );
  });

  it('accepts nothing when all references are of another show', () => {
    const verdicts = told(disc([1, 2, 3], { files: upTo(10).map(() => 0) }));
    assert.ok(
      verdicts.every((verdict) => verdict.startsWith('ask')),
      verdicts.join(),
    );
  });

  it('does not take every title for the only candidate', () => {
    const verdicts = told(disc([5, 6, 7], { episodes: 1, files: [1] }));
    assert.ok(
      verdicts.every((verdict) => !verdict.includes('accept E')),
      verdicts.join(),
    );
  });

  it('never accepts an episode whose reference is missing or fits nothing, but says which it must be', () => {
    for (const files of [[1, 2, 3, 0, 5, 6, 7, 8, 9, 10]])
      assert.deepEqual(told(disc([3, 4, 5, 6], { files })), [
        ...accepted('E03'),
        'ask E04',
        ...accepted('E05', 'E06'),
      ]);
  });

  it('takes no title with the length of an episode for one of these when nothing fits it', () => {
    const [, , foreign] = told(
      changed(disc([3, 4, 0, 5, 6]), 2, { duration: RUNTIME, role: 'episode' }),
    );
    assert.ok(!foreign?.startsWith('accept E'), foreign);
  });

  describe('with labels that may be wrong', () => {
    for (const [a, b] of [
      [4, 5],
      [3, 4],
      [6, 7],
      [3, 9],
      [4, 6],
    ] as const)
      it(`asks about what two files with each other's numbers, E0${a} and E0${b}, speak for`, () => {
        const verdicts = told(disc([3, 4, 5, 6], { files: swapped(a, b) }));
        for (const [index, verdict] of verdicts.entries())
          assert.ok(
            verdict.startsWith('ask') || verdict.endsWith(`E0${3 + index}`),
            verdicts.join(),
          );
        assert.ok(verdicts.filter((verdict) => verdict.startsWith('accept')).length >= 1);
      });

    it('takes titles in the wrong order for what two references of each say', () => {
      assert.deepEqual(
        told(disc([3, 5, 4, 6], { files: [...upTo(10), ...upTo(10)] })),
        accepted('E03', 'E05', 'E04', 'E06'),
      );
    });

    it('asks where the only reference contradicts the order', () => {
      const verdicts = told(disc([3, 5, 4, 6]));
      assert.deepEqual(
        verdicts.map((verdict) => verdict.split(' ')[0]),
        ['accept', 'ask', 'ask', 'accept'],
      );
    });

    it('does not accept a single title by a single reference, but by two', () => {
      assert.notEqual(told(disc([4]))[0], 'accept E04');
      assert.deepEqual(told(disc([4], { files: [...upTo(10), ...upTo(10)] })), accepted('E04'));
    });

    it('asks when the same text has two numbers and nothing else settles it', () => {
      const [verdict] = told(disc([5], { files: [1, 2, 3, 5, 5, 6, 7, 8, 9, 10] }));
      assert.ok(verdict?.startsWith('ask'));
    });

    it('notices that the first disc begins with the second episode by its labels', () => {
      const group = { disc: 1, others: [] };
      const files = [0, ...upTo(9)];
      const verdicts = told(disc([1, 2, 3, 4], { files, group }));
      assert.ok(
        verdicts.every((verdict) => !verdict.startsWith('accept')),
        verdicts.join(),
      );
    });
  });

  describe('in unusual orders', () => {
    it('reads a disc backwards', () => {
      assert.deepEqual(told(disc([6, 5, 4, 3])), accepted('E06', 'E05', 'E04', 'E03'));
    });

    it('reads a disc that begins in the middle', () => {
      assert.deepEqual(
        told(disc([3, 4, 5, 6, 7, 1, 2])),
        accepted('E03', 'E04', 'E05', 'E06', 'E07', 'E01', 'E02'),
      );
    });

    it('follows the play-all where the title numbers do not', () => {
      const input = disc([5, 3, 6, 4, []]);
      const playAll = {
        role: 'play-all' as const,
        duration: 4 * RUNTIME,
        members: [1, 3, 0, 2].map(idOf),
      };
      assert.deepEqual(
        told(changed(input, 4, playAll)),
        accepted('E05', 'E03', 'E06', 'E04', 'E03-E06'),
      );
    });

    it('follows the order on DVD', () => {
      const aired = [1, 2, 5, 3, 6, 4, 7, 8, 9, 10];
      const input = disc([1, 2, 4, 6, 3, 5]);
      const candidates = input.candidates.map((one) => ({
        ...one,
        order: { aired: one.episode, dvd: aired[one.episode - 1] ?? 0 },
      }));
      assert.deepEqual(
        told({ ...input, candidates }),
        accepted('E01', 'E02', 'E04', 'E06', 'E03', 'E05'),
      );
    });

    it('finds the season when it is unknown, and goes on into the next one', () => {
      const input = disc([14, 15, 16, 17], { episodes: 30 });
      const candidates = input.candidates.map((one) => ({
        ...one,
        season: Math.ceil(one.episode / 15),
        episode: 1 + ((one.episode - 1) % 15),
      }));
      assert.deepEqual(
        told({ ...input, candidates }),
        accepted('S01E14', 'S01E15', 'S02E01', 'S02E02'),
      );
    });
  });

  describe('with several episodes in a title, or a part of one', () => {
    it('finds the two episodes of a double', () => {
      assert.deepEqual(told(disc([[1, 2], 3, 4])), accepted('E01-E02', 'E03', 'E04'));
    });

    it('finds three, with one reference that is missing between them, and asks about that title', () => {
      const files = [1, 0, 3, 4, 5, 6, 7, 8, 9, 10];
      assert.deepEqual(told(disc([[1, 2, 3], 4, 5], { files })), [
        'ask E01-E03',
        ...accepted('E04', 'E05'),
      ]);
    });

    it('takes a file that is labelled as two episodes for both', () => {
      const input = disc([[1, 2], 3, 4]);
      const references = input.references
        .slice(1)
        .map((one, index) => (index === 0 ? { ...one, episodes: [0, 1] } : one));
      const titles = input.titles.map((one, index) => ({
        ...one,
        readings: one.readings.map((reading) => ({
          ...reading,
          scores: reading.scores.slice(1).map((score, at) => (index + at === 0 ? 50 : score)),
        })),
        inside: [],
      }));
      assert.deepEqual(told({ ...input, references, titles }), accepted('E01-E02', 'E03', 'E04'));
    });

    it('only asks about a set of episodes that do not follow each other, when one file each vouches for them', () => {
      const [verdict] = told(disc([[1, 4], 5, 6]));
      assert.equal(verdict, 'ask E01+E04');
    });

    it('sees the two parts of a split episode', () => {
      const input = disc([3, 4, 4, 5]);
      const parts = changed(changed(input, 1, { duration: RUNTIME / 2 }), 2, {
        duration: RUNTIME / 2,
        readings: [],
        inside: [
          {
            signal: 'subtitle-times',
            reference: 3,
            z: 30,
            offset: -RUNTIME / 2,
            speed: 1,
            from: 0,
            to: RUNTIME / 2,
          },
        ],
      });
      const { titles } = decideDisc(parts);
      assert.deepEqual(
        titles.map(({ part, ranked: [best] }) => [
          episodeNames(best?.episodes ?? [], false),
          part && `${part.number}/${part.of}`,
        ]),
        [
          ['E03', null],
          ['E04', '1/2'],
          ['E04', '2/2'],
          ['E05', null],
        ],
      );
    });
  });

  describe('with what others know', () => {
    for (const [number, says] of [
      [1, 'Disc 1 of the set holds it already'],
      [null, 'Another disc of the set holds it already'],
    ] as const)
      it(`asks of what another disc (${number}) holds, however clear it is`, () => {
        const others = [{ disc: number, episodes: keys(3) }];
        const { titles } = decideDisc(disc([1, 2, 3, 4], { group: { disc: 2, others } }));
        assert.deepEqual(
          titles.map(({ verdict, ranked: [best] }) => `${verdict} ${best?.episodes[0]?.episode}`),
          ['accept 1', 'accept 2', 'ask 3', 'accept 4'],
        );
        assert.equal(titles[2]?.doubt, says);
      });

    it('keeps what somebody said, and lets it inform the others', () => {
      const files = upTo(10).map((one) => (one === 4 ? 0 : one));
      const stated = changed(disc([3, 4, 5], { files }), 1, { stated: keys(4) });
      assert.deepEqual(told(stated), accepted('E03', 'E04', 'E05'));
      const extra = changed(disc([3, 4, 5]), 1, { stated: [] });
      assert.equal(told(extra)[1], 'accept no episode');
    });

    it('weighs TheDiscDB as evidence that references outweigh', () => {
      const input = disc([3, 4, 5], { files: [...upTo(10), ...upTo(10)] });
      const described = [4, 3, 5].reduce(
        (all, episode, index) => changed(all, index, { described: keys(episode) }),
        input,
      );
      const verdicts = told(described);
      assert.ok(!verdicts.includes('accept E03') || verdicts[0] === 'accept E03', verdicts.join());
      const one = changed(disc([3, 5, 4, 6]), 1, { described: keys(5) });
      assert.equal(told(changed(one, 2, { described: keys(4) }))[1], 'accept E05');
    });

    it('begins where the disc before ends', () => {
      const files = upTo(10).map((one) => (one < 5 ? one : 0));
      const others = [{ disc: 1, episodes: keys(1, 2, 3, 4) }];
      const verdicts = told(disc([5, 6, 7], { files, group: { disc: 2, others } }));
      assert.deepEqual(verdicts, ['ask E05', 'ask E06', 'ask E07']);
    });

    it('answers duplicates as what they repeat', () => {
      const input = changed(disc([3, 4, 5, []]), 3, { role: 'duplicate', members: ['t02'] });
      assert.equal(told(input)[3], 'accept E04');
    });
  });

  it('says why in words and figures, and keeps a bounded record', () => {
    const input = changed(disc([3, 4, 5, 6]), 1, {
      readings: [
        {
          signal: 'subtitle-times',
          scores: upTo(10).map((one) => (one === 4 ? 66 : one === 5 ? 8 : 6.5)),
          alignments: upTo(10).map((one) => (one === 4 ? { offset: 3.2, speed: 25 / 24 } : null)),
          agreements: upTo(10).map((one) =>
            one === 4 ? { agreed: 612, of: 640 } : one === 5 ? { agreed: 61, of: 640 } : null,
          ),
        },
      ],
    });
    const decision = decideDisc(input).titles[1];
    assert.ok(decision?.ranked[0]);
    assert.equal(
      because(decision.ranked[0]),
      'E04, because 612 of 640 subtitle times agree, 3.2 s later, 4.2 % slower; runner-up E05 with 61',
    );
    const record = Explanation.parse(explanationOf(decision));
    assert.deepEqual(record.ranked[0]?.explained[0]?.runnerUp, { season: 1, episode: 5, score: 8 });
    assert.ok(JSON.stringify(record).length < 6000);
  });
});
