import type { Findings, Possibility, TitleFinding } from '../contract/findings.ts';
import type { Identity } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import type { Match, MatchStatement, Part, Title } from '../contract/title.ts';
import type { Evidence, TitleId } from '../contract/values.ts';
import { durationInWords } from '../duration-in-words.ts';
import type { QuestionContent } from '../review/questions.ts';
import { type Found, withoutDoubles } from './claimed-twice.ts';
import { evidenceOf } from './decide/explanation.ts';
import { episodeCode } from './episode-code.ts';
import { isOpen } from './is-open.ts';
import { otherMatch } from './other-match.ts';

/** So many doubtful titles are asked one by one; when no title is sure, more are one question about all. */
const ASKED_ONE_BY_ONE = 3;
/** More are one question in any case: nobody answers so many, and a job has no place for them. */
const MOST_ASKED = 20;

export interface FoundMatches {
  matches: ReadonlyMap<TitleId, Match>;
  questions: QuestionContent[];
}

/** Findings about another show, or about other seasons than the one that is known now, say nothing. */
export function isAbout({ show, seasons, references }: Findings, identity: Identity): boolean {
  const { kind, title, tmdb, season } = identity;
  if (kind !== 'tv' || title !== show.title || tmdb !== show.tmdb) return false;
  return references > 0 && (season === null || seasons.includes(season));
}

/** What was measured makes a match of every open title that was looked at, and a question of each doubtful one. */
export function foundMatches(
  findings: Findings,
  { identity, titles }: { identity: Identity; titles: readonly Title[] },
): FoundMatches {
  const measured = findings.titles.flatMap((finding) => {
    const title = titles.find(({ id }) => id === finding.id);
    return title && isOpen(title) ? [{ title, finding }] : [];
  });
  const settled = titles.filter((title) => title.wanted && !isOpen(title));
  const found = withoutDoubles(measured, settled);
  const matches = new Map(
    found.flatMap(({ title, finding }) => {
      const [best] = possibilities(finding);
      const mark = finding.verdict === 'mark' ? finding.doubt : null;
      return best ? [[title.id, matchOf(best, { title, identity, mark })] as const] : [];
    }),
  );
  const doubtful = found.filter(({ finding }) => finding.verdict === 'ask');
  const few = doubtful.length === found.length ? ASKED_ONE_BY_ONE : MOST_ASKED;
  const questions =
    doubtful.length > few
      ? [questionAboutAll(doubtful, identity)]
      : doubtful.map((doubt) => questionAbout(doubt, identity));
  return { matches, questions };
}

/** Something that a title may be, in whole or in part. */
type Named = Possibility & { part?: Part };

/** Which part it is was measured for the likeliest one alone. */
function possibilities({ ranked, part }: TitleFinding): Named[] {
  return ranked.map((one, index) => (index === 0 && part ? { ...one, part } : one));
}

interface Taken {
  title: Title;
  identity: Identity;
  /** What is missing of a title that is taken all the same. */
  mark: string | null;
}

function matchOf(possibility: Named, { title, identity, mark }: Taken): Match {
  const { probability, explained } = possibility;
  const marks = mark === null ? [] : [doubtOf(mark)];
  const {
    kind,
    season = null,
    episodes = [],
    name = null,
    part,
  } = statementOf(possibility, title, identity);
  return {
    kind,
    season,
    episodes,
    name,
    ...(part && { part }),
    probability,
    decidedBy: 'evidence',
    evidence: [...evidenceOf(explained).slice(0, MOST_REASONS - marks.length), ...marks],
  };
}

function statementOf(
  { episodes, name, part }: Named,
  title: Pick<Title, 'number' | 'role'>,
  identity: Identity,
): MatchStatement {
  const [first] = episodes;
  const half = part && { part };
  if (first)
    return { kind: 'episode', season: first.season, episodes: numbersOf(episodes), name, ...half };
  return { kind: 'extra', season: null, episodes: [], name: otherMatch(title, identity, 0).name };
}

function questionAbout({ title, finding }: Found, identity: Identity): QuestionContent {
  const candidates = possibilities(finding)
    .slice(0, MOST_CANDIDATES)
    .map((possibility): Candidate => {
      const match = statementOf(possibility, title, identity);
      const { id, label } = naming(possibility);
      const assignment = [{ title: title.id, match }];
      return { id, label, assignment, evidence: evidenceOf(possibility.explained) };
    });
  if (finding.doubt !== null)
    candidates[0]?.evidence.splice(MOST_REASONS - 1, 1, doubtOf(finding.doubt));
  if (!candidates.some(({ id }) => id === noEpisode.id))
    candidates.splice(MOST_CANDIDATES - 1, 1, {
      ...noEpisode,
      assignment: [{ title: title.id, match: statementOf(anExtra, title, identity) }],
      evidence: [],
    });
  return {
    kind: 'episode',
    text: `Which episode of ${showOf(identity)} is title ${title.number} (${durationInWords(title.duration)})?`,
    titles: [title.id],
    candidates,
    default: candidates[0]?.id ?? noEpisode.id,
  };
}

/** The likeliest answer of each title together; whoever knows better says all or only where they begin. */
function questionAboutAll(doubtful: readonly Found[], identity: Identity): QuestionContent {
  const likeliest = doubtful.map(({ title, finding }) => {
    return { title, best: possibilities(finding)[0] ?? anExtra };
  });
  const candidate: Candidate = {
    id: 'evidence',
    label: likeliest
      .map(({ best }) => naming(best).label)
      .join(', ')
      .slice(0, 300),
    assignment: likeliest.map(({ title, best }) => ({
      title: title.id,
      match: statementOf(best, title, identity),
    })),
    evidence: likeliest.flatMap(({ best }) => evidenceOf(best.explained).slice(0, 1)).slice(0, 10),
  };
  return {
    kind: 'order',
    text: `Which episodes of ${showOf(identity)} are on this disc?`,
    titles: doubtful.map(({ title }) => title.id),
    candidates: [candidate],
    default: candidate.id,
  };
}

const MOST_CANDIDATES = 5;
const MOST_REASONS = 10;
const noEpisode = { id: 'extra', label: 'None of these: an extra' } as const;
const anExtra: Possibility = { episodes: [], name: null, probability: 0, explained: [] };

/** "S01E04 The Lamp", and the number alone as an id that can be typed. */
function naming({ episodes, name, part }: Named): { id: string; label: string } {
  const [first] = episodes;
  if (!first) return noEpisode;
  const code = episodeCode(first.season, numbersOf(episodes), part);
  return {
    id: episodeCode(first.season, numbersOf(episodes)).toLowerCase().slice(0, 40),
    label: name ? `${code} ${name}`.slice(0, 300) : code,
  };
}

/** Why it is asked, or taken with a mark only. */
function doubtOf(says: string): Evidence {
  return { source: 'match', says, weight: 0 };
}

function numbersOf(episodes: Possibility['episodes']): number[] {
  return episodes.map(({ episode }) => episode);
}

function showOf({ title, season }: Identity): string {
  const show = `"${title ?? 'this series'}"`;
  return season === null ? show : `${show}, season ${season},`;
}
