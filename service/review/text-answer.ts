import type { IdentityStatement } from '../contract/identity.ts';
import type { Answer, Assignment, Question } from '../contract/question.ts';
import { Part } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import { parseTyped } from '../identify/label.ts';

const refusal = /^(?:n|no)$/i;
const acceptance = /^(?:|y|yes|ok|okay|accept)$/i;
const noEpisode = /^(?:extra|bonus|x)$/i;
const episodeText =
  /^(?:s(\d{1,3}) ?)?e(\d{1,4})(?:-e?(\d{1,4}))?(?: (?:part|pt) ?(\d{1,2}) of (\d{1,2}))?$/i;
/** A title that holds more episodes than this was mistyped. */
const MOST_EPISODES_IN_ONE = 20;
/** The contract has no episode beyond this. */
const LAST_EPISODE = 9999;

/**
 * What a person typed, on a terminal or a phone, as an answer: nothing or "y" takes the default, "2" the second
 * candidate, "Long Meridian (2019)" or "Harbour Lights S1 D2" says what the disc is, "S03E04" with which episode
 * it begins, "S01E02, S01E01" which title is which, "S01E02 part 1 of 2" that a title is not all of it. Throws `bad-request` for anything else.
 */
export function textAnswer(question: Question, text: string): Answer {
  const said = text.trim().slice(0, 300);
  if (acceptance.test(said)) return { accept: true };
  const chosen = chosenBy(question, said);
  if (chosen) return { choose: chosen };
  switch (question.kind) {
    case 'titles':
      return { titles: titlesIn(question, said) };
    case 'identity':
      return { identity: identityIn(question, said) };
    case 'order':
    case 'episode':
      if (noEpisode.test(said)) return { assignment: extraIn(question) };
      return { assignment: assignmentIn(question, said) };
    case 'owned':
      throw wantedOrNot();
  }
}

/** "t00800, 801": ids, or the disc's own numbers. */
function titlesIn({ titles }: Question, said: string): TitleId[] {
  const named = said.split(/[\s,;]+/).map((word) => Number(/^t?0*(\d{1,6})$/i.exec(word)?.[1]));
  const chosen = named.map((number) => titles.find((id) => Number(id.slice(1)) === number));
  const known = chosen.filter((id) => id !== undefined);
  if (known.length > 0 && known.length === chosen.length) return known;
  throw refused(
    'That is none of the titles',
    `Type the number of a choice, or titles such as "${titles[0] ?? 't01'}".`,
  );
}

function chosenBy(question: Question, said: string): string | undefined {
  const { candidates, kind } = question;
  if (kind === 'owned' && refusal.test(said))
    return candidates.find(({ id }) => id !== question.default)?.id;
  if (!/^\d{1,2}$/.test(said))
    return candidates.find(({ id }) => id.toLowerCase() === said.toLowerCase())?.id;
  const candidate = candidates[Number(said) - 1];
  if (candidate) return candidate.id;
  throw refused(`There is no choice ${said}`, `Choose from 1 to ${candidates.length}.`);
}

function identityIn(question: Question, said: string): IdentityStatement {
  const { title, season, disc, year, edition, bonus } = parseTyped(said);
  const assumed = defaultOf(question)?.identity?.kind;
  const movie = year !== null && assumed === 'unknown';
  const statement: IdentityStatement = {
    ...(title !== null && { title }),
    ...(year !== null && { year }),
    ...(season !== null && { kind: 'tv' as const, season }),
    ...(season === null && movie && { kind: 'movie' as const }),
    ...(bonus && { kind: 'extras' as const }),
    ...(disc !== null && { disc }),
    ...(edition !== null && { edition }),
  };
  if (Object.keys(statement).length > 0) return statement;
  throw refused(
    'That names no film or series',
    'Type a title, such as "Long Meridian (2019)" or "Harbour Lights S1 D2", or the number of a choice.',
  );
}

function assignmentIn(question: Question, said: string): Assignment {
  const order = defaultOf(question)?.assignment ?? [];
  const season = seasonOf(question) ?? 1;
  const stated = said.split(/[,;]+/).map((part) => episodesIn(part.trim(), season));
  const [first] = stated;
  const isBegin = stated.length === 1 && first?.episodes.length === 1;
  if (stated.length !== order.length && !isBegin) throw miscounted(stated.length, order.length);
  return order.map(({ title }, index) => {
    const match = stated.length === order.length ? stated[index] : following(first, index);
    if (!match || Math.max(...match.episodes) > LAST_EPISODE) throw misread();
    return { title, match: { kind: 'episode', ...match, name: null } };
  });
}

/** A title that is none of the episodes. */
function extraIn(question: Question): Assignment {
  const [title] = question.titles;
  if (title === undefined || question.titles.length > 1) throw misread();
  return [{ title, match: { kind: 'extra', season: null, episodes: [], name: null } }];
}

/** The episode that many places behind the first one. */
function following(first: Numbers | undefined, places: number): Numbers | undefined {
  return first && { ...first, episodes: first.episodes.map((episode) => episode + places) };
}

interface Numbers {
  season: number;
  episodes: number[];
  part?: Part;
}

function episodesIn(part: string, season: number): Numbers {
  const [, named, first, last, number, of] = episodeText.exec(part) ?? [];
  if (first === undefined) throw misread();
  const count = Number(last ?? first) - Number(first) + 1;
  if (count < 1 || count > MOST_EPISODES_IN_ONE) throw misread();
  const episodes = Array.from({ length: count }, (_, index) => Number(first) + index);
  const numbers = { season: named === undefined ? season : Number(named), episodes };
  if (number === undefined) return numbers;
  const half = Part.safeParse({ number: Number(number), of: Number(of) });
  if (!half.success || half.data.number > half.data.of) throw misread();
  return { ...numbers, part: half.data };
}

/** The season that a number without one is meant in: that of the likeliest candidate that is an episode. */
function seasonOf(question: Question): number | null | undefined {
  return [defaultOf(question), ...question.candidates]
    .flatMap((candidate) => candidate?.assignment ?? [])
    .find(({ match }) => match.kind === 'episode')?.match.season;
}

function defaultOf(question: Question) {
  return question.candidates.find(({ id }) => id === question.default);
}

function wantedOrNot(): DiscflowError {
  return refused(
    'That does not say whether the disc is wanted',
    'Type "skip" (or nothing) to leave it alone, or "rip".',
  );
}

const waysToOrder =
  'Type where the disc begins ("S03E04"), or one number for each title ("S01E02, S01E01").';

function misread(): DiscflowError {
  return refused('That is no episode', waysToOrder);
}

function miscounted(numbers: number, titles: number): DiscflowError {
  return refused(
    `The number of episodes (${numbers}) is not that of the titles (${titles})`,
    waysToOrder,
  );
}

function refused(message: string, hint: string): DiscflowError {
  return new DiscflowError('bad-request', message, { hint });
}
