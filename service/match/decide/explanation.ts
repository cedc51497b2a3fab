import { type Explanation, MOST_EXPLAINED, MOST_RANKED } from '../../contract/findings.ts';
import { type Evidence, LINE_LENGTH, oneLine } from '../../contract/values.ts';
import { episodeNames } from './episode-names.ts';
import type { Explained, RankedPossibility, TitleDecision } from './title-decision.ts';

/** A weight (logarithm of a likelihood ratio) that counts as all of a decision. */
const WHOLE_WEIGHT = 18;

/** The record of a decision, with figures as long as they mean something. */
export function explanationOf({ id, verdict, doubt, part, ranked }: TitleDecision): Explanation {
  return {
    id,
    verdict,
    doubt,
    part: part && { ...part },
    ranked: ranked.slice(0, MOST_RANKED).map(({ episodes, probability, explanation }) => ({
      episodes: episodes.map((key) => ({ ...key })),
      probability: rounded(probability, 6),
      explained: explanation.slice(0, MOST_EXPLAINED).map((one) => ({
        signal: one.signal,
        says: line(one.says),
        weight: rounded(one.weight, 2),
        score: one.score && rounded(one.score, 2),
        offset: one.offset && rounded(one.offset, 2),
        speed: one.speed && rounded(one.speed, 5),
        runnerUp: one.runnerUp && { ...one.runnerUp, score: rounded(one.runnerUp.score, 2) },
      })),
    })),
  };
}

/** What speaks for and against it as the contract has it, the weightiest first. */
export function evidenceOf(explained: readonly Explained[]): Evidence[] {
  return explained.slice(0, MOST_EXPLAINED).map(({ signal, says, weight }) => ({
    source: signal,
    says: line(says),
    weight: rounded(Math.max(-1, Math.min(1, weight / WHOLE_WEIGHT)), 2),
  }));
}

/** "E04, because 612 of 640 subtitle times agree; runner-up E05 with 61" */
export function because(
  { episodes, explanation }: Pick<RankedPossibility, 'episodes' | 'explanation'>,
  { withSeason = false } = {},
): string {
  const name = episodeNames(episodes, withSeason);
  const [reason] = explanation.filter(({ weight }) => weight > 0);
  return line(reason ? `${name}, because ${uncapitalized(reason.says)}` : name);
}

/** Names such as TheDiscDB and E04 stay as they are. */
function uncapitalized(text: string): string {
  return /^[A-Z][a-z' ]/.test(text) && !text.startsWith('TheDiscDB')
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

function line(text: string): string {
  const whole = oneLine(text);
  return whole.length <= LINE_LENGTH ? whole : `${whole.slice(0, LINE_LENGTH - 1)}…`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
