import type { TitleId } from '../../contract/values.ts';
import type { JobDocument } from '../../jobs/document.ts';
import type { StepContext } from '../../jobs/step.ts';
import type { EpisodeCandidate } from '../decide/decide-input.ts';
import { type Aligner, createAligner } from '../evidence/align/aligner.ts';
import type { Findings } from '../findings.ts';
import type { MatchingOptions } from '../matching.ts';
import type { Reference, SeasonReferences } from '../references/reference.ts';
import { candidatesOf } from './candidates-of.ts';
import { findingOf } from './findings-of.ts';
import { measureDisc, type Stage } from './measure-disc.ts';
import { createStages } from './stages.ts';
import { titlesToMeasure } from './title-to-measure.ts';

/** What is known and measured of one disc, as long as it is taken for the same show and season. */
export interface Session {
  readonly subject: string | null;
  /** Does what can be done already: references, and the first measure of each title that is there. */
  prepare(job: JobDocument): Promise<void>;
  measure(job: JobDocument, progress: StepContext['progress']): Promise<Findings>;
  end(): Promise<void>;
}

/** What the references are about; null for a disc that has no episodes, or of a show that nobody has named. */
export function subjectOf({ identity }: JobDocument): string | null {
  if (identity?.kind !== 'tv' || identity.title === null) return null;
  const { title, tmdb, season } = identity;
  return JSON.stringify([title, tmdb, season]);
}

interface Known {
  found: SeasonReferences;
  candidates: EpisodeCandidate[];
  aligner: Aligner;
  stages: Stage[];
}

export function beginSession(job: JobDocument, options: MatchingOptions): Session {
  const ending = new AbortController();
  const { signal } = ending;
  let known: Promise<Known> | undefined;
  const seen = new Set<TitleId>();

  return {
    subject: subjectOf(job),

    async prepare(job) {
      const fresh = titlesToMeasure(job).filter(({ id }) => !seen.has(id));
      for (const { id } of fresh) seen.add(id);
      const { stages } = await know(job);
      for (const title of fresh) await stages[0]?.measure(title);
    },

    async measure(job, progress) {
      const { found, candidates, stages } = await know(job);
      const titles = titlesToMeasure(job);
      const decision = await measureDisc(titles, {
        stages: found.references.length > 0 ? stages : [],
        candidates,
        references: labelledOf(found.references, candidates),
        group: { disc: job.identity?.disc ?? null, others: options.othersOfSet(job) },
        signal,
        onTitle: (title, index, count) => progress({ ...idle, title, index, count }),
      });
      const { title = null, tmdb = null } = job.identity ?? {};
      return {
        show: { title: title ?? '', tmdb },
        seasons: [...new Set(candidates.map(({ season }) => season))],
        references: found.references.length,
        notes: notesOf(found),
        titles: decision.titles.map((one) => findingOf(one, candidates)),
      };
    },

    async end() {
      ending.abort();
      await (await known?.catch(() => undefined))?.aligner.close();
    },
  };

  function know(job: JobDocument): Promise<Known> {
    known ??= gather(job);
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  async function gather({ identity }: JobDocument): Promise<Known> {
    const { title, year = null, tmdb = null, season = null } = identity ?? {};
    const listed = tmdb === null ? [] : await options.listEpisodes({ tmdb, season }, { signal });
    const seasons = season === null ? [...new Set(listed.map((one) => one.season))] : [season];
    const runtimes = new Map(listed.map((one) => [keyOf(one), one.runtime]));
    const found = await options.gather(
      {
        ...{ show: title ?? '', year, tmdb, seasons, languages: options.languages },
        ...(listed.length > 0 && { episodes: listed }),
        runtimeOf: (key) => runtimes.get(keyOf(key)) ?? null,
      },
      { signal },
    );
    const candidates = candidatesOf(listed, found.references);
    const aligner = createAligner(found.references);
    const stages = createStages({
      ...{ references: found.references, aligner, languages: options.languages },
      access: { ...options.tools, signal },
      usual: usualLength(candidates, found.references),
    });
    return { found, candidates, aligner, stages };
  }
}

/** Programs tell nothing of how far they are; which title is looked at is what a person sees. */
const idle = { bytesDone: 0, bytesTotal: 0 };

function keyOf({ season, episode }: { season: number; episode: number }): string {
  return `${season}/${episode}`;
}

/** References as decisions see them: by the episodes that their labels name; those of none of them are left out. */
function labelledOf(references: readonly Reference[], candidates: readonly EpisodeCandidate[]) {
  const places = new Map(candidates.map((one, index) => [keyOf(one), index]));
  return references.map(({ id, season, episodes, cues }) => ({
    id,
    episodes: episodes.flatMap((episode) => places.get(keyOf({ season, episode })) ?? []),
    ends: cues.at(-1)?.end ?? null,
  }));
}

/** Seconds that half of the episodes take at most. */
function usualLength(
  candidates: readonly EpisodeCandidate[],
  references: readonly Reference[],
): number | null {
  const listed = candidates.flatMap(({ runtime }) => runtime ?? []);
  const ends = references
    .filter(({ episodes }) => episodes.length === 1)
    .flatMap(({ cues }) => cues.at(-1)?.end ?? []);
  const lengths = (listed.length > 0 ? listed : ends).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? null;
}

/** What a person should know of the references that are missing or were not trusted. */
function notesOf({ rejected, notes }: SeasonReferences): string[] {
  const refused = rejected.map(({ origin, says }) => `${origin}: ${says}`.slice(0, 300));
  return [...notes.map((note) => note.slice(0, 300)), ...refused].slice(0, 20);
}
