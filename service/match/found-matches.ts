import type { Identity } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import type { Match, MatchStatement, Title } from '../contract/title.ts';
import type { Evidence, TitleId } from '../contract/values.ts';
import type { QuestionContent } from '../review/questions.ts';
import { evidenceOf } from './decide/explanation.ts';
import { episodeCode } from './episode-code.ts';
import { keyOf } from './episode-key.ts';
import type { Findings, Possibility, TitleFinding } from './findings.ts';
import { isOpen } from './is-open.ts';
import { otherMatch } from './other-match.ts';

/** So many doubtful titles are asked one by one; when no title is sure, more are one question about all. */
const ASKED_ONE_BY_ONE = 3;

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
  const found = findings.titles.flatMap((finding) => {
    const title = titles.find(({ id }) => id === finding.id);
    return title && isOpen(title) ? [{ title, finding }] : [];
  });
  const matches = new Map(
    found.flatMap(({ title, finding: { ranked } }) => {
      const [best] = ranked;
      return best ? [[title.id, matchOf(best, title, identity)] as const] : [];
    }),
  );
  const doubtful = found.filter(({ finding }) => finding.verdict === 'ask');
  const isAllDoubtful = doubtful.length === found.length && doubtful.length > ASKED_ONE_BY_ONE;
  const questions = isAllDoubtful
    ? [questionAboutAll(doubtful, identity)]
    : doubtful.map((doubt) => questionAbout(doubt, identity));
  return { matches, questions };
}

interface Found {
  title: Title;
  finding: TitleFinding;
}

function matchOf(possibility: Possibility, title: Title, identity: Identity): Match {
  const { probability, explained } = possibility;
  const {
    kind,
    season = null,
    episodes = [],
    name = null,
  } = statementOf(possibility, title, identity);
  return {
    kind,
    season,
    episodes,
    name,
    probability,
    decidedBy: 'evidence',
    evidence: evidenceOf(explained),
  };
}

function statementOf(
  { episodes, name }: Possibility,
  title: Pick<Title, 'number' | 'role'>,
  identity: Identity,
): MatchStatement {
  const [first] = episodes;
  if (first) return { kind: 'episode', season: first.season, episodes: numbersOf(episodes), name };
  return { kind: 'extra', season: null, episodes: [], name: otherMatch(title, identity, 0).name };
}

function questionAbout({ title, finding }: Found, identity: Identity): QuestionContent {
  const candidates = finding.ranked.slice(0, MOST_CANDIDATES).map((possibility): Candidate => {
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
    text: `Which episode of ${showOf(identity)} is title ${title.number} (${inMinutes(title.duration)})?`,
    titles: [title.id],
    candidates,
    default: candidates[0]?.id ?? noEpisode.id,
  };
}

/** The likeliest answer of each title together; whoever knows better says all or only where they begin. */
function questionAboutAll(doubtful: readonly Found[], identity: Identity): QuestionContent {
  const taken = new Set<string>();
  const likeliest = doubtful.map(({ title, finding: { ranked } }) => {
    const keys = ({ episodes }: Possibility) => episodes.map(keyOf);
    const best = ranked.find((one) => !keys(one).some((key) => taken.has(key))) ?? anExtra;
    for (const key of keys(best)) taken.add(key);
    return { title, best };
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
function naming({ episodes, name }: Possibility): { id: string; label: string } {
  const [first] = episodes;
  if (!first) return noEpisode;
  const code = episodeCode(first.season, numbersOf(episodes));
  return {
    id: code.toLowerCase().slice(0, 40),
    label: name ? `${code} ${name}`.slice(0, 300) : code,
  };
}

/** Why it is asked at all. */
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

function inMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
