import type { Assignment } from '../contract/question.ts';
import type { MatchStatement, Title } from '../contract/title.ts';
import { DiscflowError } from '../errors.ts';

/** Throws `unknown-title` or `bad-request` for an order that cannot be meant. */
export function checkAssignment(assignment: Assignment, titles: readonly Title[]): void {
  if (assignment.length === 0) throw refused('It names no title.');
  for (const { title } of assignment) checkTitle(title, titles);
  const named = assignment.map(({ title }) => title);
  const twice = named.find((id, index) => named.indexOf(id) !== index);
  if (twice) throw refused(`Title ${twice} is named twice.`);
  checkEpisodes(assignment, titles);
}

function checkTitle(id: string, titles: readonly Title[]): void {
  if (titles.some((title) => title.id === id)) return;
  throw new DiscflowError('unknown-title', `There is no title ${id} on this disc`, {
    hint: `Its titles are ${titles.map((title) => title.id).join(', ')}.`,
  });
}

/**
 * Every episode, or part of one, belongs to one title at most, those included that the answer does not name.
 */
function checkEpisodes(assignment: Assignment, titles: readonly Title[]): void {
  const holders = new Map<string, string>();
  const claim = (id: string, { season, episodes = [], part }: MatchStatement) => {
    for (const episode of episodes) {
      const whole = `S${season ?? '?'}E${episode}`;
      const name = part ? `${whole} part ${part.number}` : whole;
      const holder = holders.get(name);
      if (holder) throw refused(`Titles ${holder} and ${id} both claim ${name}.`);
      holders.set(name, id);
    }
  };
  for (const { title, match } of assignment) {
    const isEpisode = match.kind === 'episode';
    const episodes = match.episodes ?? [];
    if (isEpisode && episodes.length === 0) throw refused(`Title ${title} has no episode number.`);
    if (new Set(episodes).size !== episodes.length)
      throw refused(`Title ${title} names an episode twice.`);
    if (isEpisode) claim(title, match);
  }
  for (const { id, match } of titles) {
    const isNamed = assignment.some(({ title }) => title === id);
    if (!isNamed && match?.kind === 'episode' && match.decidedBy === 'person') claim(id, match);
  }
}

function refused(why: string): DiscflowError {
  return new DiscflowError('bad-request', `This order cannot be right: ${why}`, {
    hint: 'Give each title its own season and episode numbers, each title and each episode once.',
  });
}
