import assert from 'node:assert/strict';
import { decideDisc } from '../../../../service/match/decide/decide-disc.ts';
import type { DecideInput } from '../../../../service/match/decide/decide-input.ts';
import type { EpisodeKey } from '../../../../service/match/episode-key.ts';
import { measureDisc } from '../../../../service/match/measure/measure-disc.ts';
import type { TitleToMeasure } from '../../../../service/match/measure/title-to-measure.ts';

const RUNTIME = 2640;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const idOf = (number: number) => `t${String(number).padStart(2, '0')}`;
const { signal } = new AbortController();

/** Title 1, 2, … are these episodes of a season of ten, which the times of their subtitles say clearly. */
function discOf(...episodes: readonly number[]) {
  const titles = episodes.map((_, index): TitleToMeasure => {
    const number = index + 1;
    const file = `/staging/${number}.mkv`;
    const known = { described: null, stated: null };
    return { id: idOf(number), number, file, duration: RUNTIME, role: 'episode', ...known };
  });
  const candidates = upTo(10).map((episode) => {
    return { season: 1, episode, name: null, runtime: RUNTIME };
  });
  const references = upTo(10).map((number) => ({ id: `r${number}`, episodes: [number - 1] }));
  const measure = async ({ number }: TitleToMeasure) => {
    const scores = upTo(10).map((episode) => (episode === episodes[number - 1] ? 42 : 6.5));
    return { reading: { signal: 'subtitle-times' as const, scores } };
  };
  const stages = [{ name: 'subtitle times', measure }];
  const decide = async (input: DecideInput) => decideDisc(input);
  return { titles, yardstick: { candidates, references, stages, decide } };
}

const alone = () => ({ disc: null, others: [] });

describe('measuring a disc', () => {
  it('follows the order in which its play-all plays the titles, and says nothing of the play-all itself', async () => {
    const { titles, yardstick } = discOf(3, 2, 4, 1);
    const verdicts = async (members: readonly string[]) => {
      const playAlls = [{ id: 't09', number: 9, duration: 4 * RUNTIME, members }];
      const decision = await measureDisc(titles, { yardstick, playAlls, group: alone, signal });
      return decision.titles.map(({ id, verdict }) => `${id} ${verdict}`);
    };
    const sure = ['t01 accept', 't02 accept', 't03 accept', 't04 accept'];
    assert.deepEqual(await verdicts([4, 2, 1, 3].map(idOf)), sure);
    assert.notDeepEqual(await verdicts([1, 2, 3, 4].map(idOf)), sure);
  });

  it('hears of what another disc was found to hold meanwhile', async () => {
    const { titles, yardstick } = discOf(1, 2, 3);
    const held: EpisodeKey[] = [];
    const stages = yardstick.stages.map((stage) => ({
      ...stage,
      measure: async (title: TitleToMeasure) => {
        held.splice(0, 1, { season: 1, episode: 2 });
        return stage.measure(title);
      },
    }));
    const decision = await measureDisc(titles, {
      yardstick: { ...yardstick, stages },
      group: () => ({ disc: null, others: [{ disc: 4, episodes: held }] }),
      signal,
    });
    assert.deepEqual(
      decision.titles.map(({ verdict, doubt }) => [verdict, doubt]),
      [
        ['accept', null],
        ['ask', 'Disc 4 of the set holds it already'],
        ['accept', null],
      ],
    );
  });
});
