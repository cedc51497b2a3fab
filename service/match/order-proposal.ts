import type { Identity } from '../contract/identity.ts';
import type { Assignment, Candidate } from '../contract/question.ts';
import type { Match, MatchStatement, Title } from '../contract/title.ts';
import type { Evidence, TitleId } from '../contract/values.ts';
import type { Catalogue } from '../jobs/document.ts';
import { CONTRADICTED, contradictionOf, DESCRIBED, describedEvidence } from './described.ts';
import { episodeCode } from './episode-code.ts';
import { type KnownEpisode, type KnownEpisodes, knownEpisodesSay } from './known-episodes.ts';
import { numberTitles } from './number-titles.ts';
import { type EpisodeOrder, episodeOrders } from './order.ts';
import type { MatchProposal } from './proposal.ts';

export interface MatchPolicies {
  /** Whether an episode order that nothing but the disc vouches for is asked or taken. */
  episodeOrder: 'ask' | 'accept';
}

/** Episode numbers that other discs of this show and season already hold. */
export type EpisodesTaken = (show: string, season: number) => readonly number[];

export interface OrderSources {
  identity: Identity | null;
  titles: readonly Title[];
  catalogue?: Catalogue | null;
  policies: MatchPolicies;
  episodesTaken: EpisodesTaken;
  knownEpisodes?: KnownEpisodes | undefined;
}

/**
 * Numbers the episodes by their order on the disc, which is a question with the disc's own order as default unless
 * the policy takes it, or TheDiscDB describes each of them.
 */
export function proposeByOrder(sources: OrderSources): MatchProposal {
  const { identity, policies } = sources;
  if (identity?.kind !== 'tv') return { matches: new Map(), questions: [] };
  const orders = numbered(identity, sources);
  const assignment = orders[0]?.assignment ?? [];
  const matches = new Map(assignment.map(({ id, match }) => [id, match]));
  const isDoubtful = assignment.some(({ match }) => match.probability < DESCRIBED);
  const candidates = orders.map(candidateOf);
  const [first] = candidates;
  if (!first || !isDoubtful || policies.episodeOrder === 'accept')
    return { matches, questions: [] };
  const titles = assignment.map(({ id }) => id);
  const text = orderText(identity, titles.length);
  return { matches, questions: [{ kind: 'order', text, titles, candidates, default: first.id }] };
}

interface NumberedOrder extends EpisodeOrder {
  assignment: { id: TitleId; match: Match }[];
}

function numbered(identity: Identity, sources: OrderSources): NumberedOrder[] {
  const { titles, policies, episodesTaken, catalogue } = sources;
  const season = identity.season ?? 1;
  const first = firstEpisode(identity, season, episodesTaken);
  const known = episodesOf(identity, season, sources);
  const listed = catalogue?.season?.tmdb === identity.tmdb ? (catalogue?.season ?? null) : null;
  const decidedBy = policies.episodeOrder === 'accept' ? 'policy' : 'evidence';
  return episodeOrders(titles).map((order) => {
    const says = [order.says, first.says, ...(identity.season === null ? [noSeason] : [])];
    const numbers = numberTitles({ titles: order.titles, season, first: first.number, catalogue });
    const episodes = numbers.flatMap((number) => number.episodes);
    const evidence = [
      ...says.map((text) => ({ source: 'disc-order', says: text, weight: 0.5 })),
      ...referenceEvidence(knownEpisodesSay(known, season, episodes)),
    ];
    const descriptions = numbers.flatMap(({ described }) => described ?? []);
    const assignment = numbers.map(({ id, episodes, described }) => {
      const against = described && contradictionOf(described, descriptions, listed);
      const trust = against ? CONTRADICTED : DESCRIBED;
      const match: Match = {
        kind: 'episode',
        season: described?.season ?? season,
        episodes,
        name: described?.name ?? nameOf(episodes, known),
        probability: described ? trust : order.probability * first.trust,
        decidedBy,
        evidence: described ? describedBut(against) : evidence,
      };
      return { id, match };
    });
    return { ...order, assignment };
  });
}

function describedBut(against: string | null | undefined): Evidence[] {
  if (!against) return [describedEvidence];
  return [describedEvidence, { source: 'thediscdb', says: against, weight: -CONTRADICTED }];
}

function referenceEvidence(says: string | null): Evidence[] {
  return says === null ? [] : [{ source: 'references', says, weight: 0.2 }];
}

/** The episodes of a season, as the references or TMDB list them. */
function episodesOf({ title, tmdb }: Identity, season: number, sources: OrderSources) {
  const listed = sources.catalogue?.season;
  const referenced = title === null ? [] : (sources.knownEpisodes?.(title, season) ?? []);
  const fits = listed?.season === season && listed.tmdb === tmdb;
  return referenced.length === 0 && fits ? listed.episodes : referenced;
}

function nameOf(episodes: readonly number[], known: readonly KnownEpisode[]): string | null {
  const names = episodes.map((one) => known.find(({ episode }) => episode === one)?.name ?? null);
  return names.every((name) => name !== null) ? names.join(' / ') : null;
}

const noSeason = 'No season is named, so season 1 is assumed';

/** A later disc of a set goes on behind what the earlier ones are known to hold. */
function firstEpisode({ title, disc }: Identity, season: number, taken: EpisodesTaken) {
  if (disc === null || disc <= 1)
    return { number: 1, trust: 0.9, says: 'The first disc begins with episode 1' };
  const last = Math.max(0, ...(title === null ? [] : taken(title, season)));
  if (last === 0)
    return {
      number: 1,
      trust: 0.2,
      says: `Disc ${disc} should go on behind an earlier one, but none is known`,
    };
  return {
    number: last + 1,
    trust: 0.7,
    says: `Disc ${disc} goes on behind episode ${last}, the last one known`,
  };
}

function orderText({ title, season }: Identity, count: number): string {
  const show = `of "${title ?? 'this series'}", season ${season ?? 1},`;
  return count === 1
    ? `Which episode ${show} is on this disc?`
    : `Which episodes ${show} are on this disc?`;
}

function candidateOf({ id, says, assignment, probability }: NumberedOrder): Candidate {
  const statement: Assignment = assignment.map(({ id: title, match }) => {
    const { kind, season, episodes, name }: MatchStatement = match;
    return { title, match: { kind, season, episodes, name } };
  });
  const all = assignment.flatMap(({ match }) => match.evidence);
  const evidence = [...new Map(all.map((item) => [item.says, item])).values()];
  return {
    id,
    label: `${rangeOf(assignment)}: ${says}`,
    assignment: statement,
    evidence: evidence
      .toSorted((a, b) => a.weight - b.weight)
      .map((item) => ({ ...item, weight: item.weight < 0 ? item.weight : probability }))
      .slice(0, 10),
  };
}

/** "S01E01-E03": what the candidate comes to, in the order of its titles. */
function rangeOf(assignment: NumberedOrder['assignment']): string {
  const [first, last] = [assignment[0]?.match, assignment.at(-1)?.match];
  const start = episodeCode(first?.season ?? null, first?.episodes.slice(0, 1) ?? []);
  const end = episodeCode(null, last?.episodes.slice(0, 1) ?? []).replace(/^S\d+/, '');
  return first === last ? start : `${start}-${end}`;
}
