import { assignTitles } from './assign.ts';
import type { DecideInput, DiscTitle } from './decide-input.ts';
import { rankTitles } from './rank-titles.ts';
import { scoreTitles } from './scores.ts';
import type { DiscDecision, TitleDecision } from './title-decision.ts';
import { unitsOf } from './units.ts';
import { judge } from './verdict.ts';

/** Says what every title of a disc is, by everything that was measured, and whether it may be taken for that. */
export function decideDisc(input: DecideInput): DiscDecision {
  const scores = scoreTitles(input);
  const units = unitsOf(input, scores.models);
  const assigned = assignTitles(input, scores, units);
  const ranked = rankTitles(input, scores, units, assigned);
  const decided = judge(input, scores, assigned, ranked);
  const titles = input.titles.map((title) => decided.get(title) ?? repeated(title, decided));
  return { titles };
}

/** A play-all is what its members are, a duplicate what it repeats. */
function repeated(title: DiscTitle, decided: ReadonlyMap<DiscTitle, TitleDecision>): TitleDecision {
  const byId = new Map([...decided].map(([{ id }, decision]) => [id, decision]));
  const members = title.members.flatMap((id) => byId.get(id) ?? []);
  const best = members.flatMap(({ ranked: [first] }) => first ?? []);
  const isSure = members.length > 0 && members.every(({ sure }) => sure);
  const says =
    title.role === 'duplicate'
      ? `It repeats ${title.members.join(', ')}`
      : `It plays ${title.members.join(', ')} one after the other`;
  const isAccepted = members.length > 0 && members.every(({ verdict }) => verdict === 'accept');
  return {
    id: title.id,
    ranked: [
      {
        episodes: best.flatMap(({ episodes }) => episodes),
        probability: best.reduce((low, { probability }) => Math.min(low, probability), 1),
        explanation: [
          {
            signal: 'structure',
            says,
            weight: 1,
            score: null,
            offset: null,
            speed: null,
            runnerUp: null,
          },
        ],
      },
    ],
    verdict: isAccepted ? 'accept' : 'ask',
    sure: isSure,
    doubt: isAccepted ? null : 'The titles that it repeats are not all sure',
    part: null,
  };
}
