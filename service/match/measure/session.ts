import type { Findings } from '../../contract/findings.ts';
import { oneLine, type TitleId } from '../../contract/values.ts';
import { toProblem } from '../../errors.ts';
import type { JobDocument } from '../../jobs/document.ts';
import type { StepContext } from '../../jobs/step.ts';
import { keyOf } from '../episode-key.ts';
import type { ListedShow } from '../list-episodes.ts';
import type { MatchingOptions } from '../matching.ts';
import type { SeasonReferences } from '../references/reference.ts';
import { findingOf } from './findings-of.ts';
import { measureDisc } from './measure-disc.ts';
import { subjectOf } from './subject.ts';
import { playAllsOf, titlesToMeasure } from './title-to-measure.ts';
import { createYardstick, type Yardstick } from './yardstick.ts';

/** What is known and measured of one disc, as long as it is taken for the same show and season. */
export interface Session {
  readonly subject: string | null;
  /** Does what can be done already: references, and the first measure of each title that is there. */
  prepare(job: JobDocument): Promise<void>;
  measure(job: JobDocument, progress: StepContext['progress']): Promise<Findings>;
  end(): Promise<void>;
}

interface Known {
  found: SeasonReferences;
  yardstick: Yardstick;
}

/** Programs tell nothing of how far they are; which title is looked at is what a person sees. */
const noBytes = { bytesDone: 0, bytesTotal: 0 };
const MOST_NOTES = 20;
const noShow: ListedShow = { titles: [], episodes: [] };

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
      const { yardstick } = await know(job);
      for (const title of fresh) await yardstick.stages[0]?.measure(title);
    },

    async measure(job, progress) {
      const { found, yardstick } = await know(job);
      const troubles = new Set<string>();
      const decision = await measureDisc(titlesToMeasure(job), {
        yardstick,
        playAlls: playAllsOf(job),
        group: () => ({ disc: job.identity?.disc ?? null, others: options.othersOfSet(job) }),
        signal,
        onTrouble: (id, error) => {
          const { message } = toProblem(error);
          troubles.add(`Title ${id}: ${message}`);
          options.log.warn({ err: error, job: job.id, title: id }, 'a title could not be measured');
        },
        onTitle: (title, index, count) => progress({ ...noBytes, title, index: index + 1, count }),
      });
      const { title = null, tmdb = null } = job.identity ?? {};
      const { candidates } = yardstick;
      return {
        show: { title: title ?? '', tmdb },
        seasons: [...new Set(candidates.map(({ season }) => season))],
        references: found.references.length,
        notes: notesOf(found, troubles),
        titles: decision.titles.map((one) => findingOf(one, candidates)),
      };
    },

    async end() {
      ending.abort();
      await (await known?.catch(() => undefined))?.yardstick.close();
    },
  };

  function know(job: JobDocument): Promise<Known> {
    known ??= gather(job);
    known.catch(() => {
      known = undefined;
    });
    return known;
  }

  async function gather(job: JobDocument): Promise<Known> {
    const { title, year = null, tmdb = null, season = null } = job.identity ?? {};
    const { titles, episodes: listed } =
      tmdb === null ? noShow : await options.listEpisodes({ tmdb, season }, { signal });
    const seasons = season === null ? [...new Set(listed.map((one) => one.season))] : [season];
    const runtimes = new Map(listed.map((one) => [keyOf(one), one.runtime]));
    const languages = languagesOf(job);
    const found = await options.gather(
      {
        ...{ show: title ?? '', otherTitles: titles, year, tmdb, seasons, languages },
        ...(listed.length > 0 && { episodes: listed }),
        runtimeOf: (key) => runtimes.get(keyOf(key)) ?? null,
      },
      { signal },
    );
    const { references } = found;
    const access = { ...options.tools, signal };
    return {
      found,
      yardstick: createYardstick({ references, listed, access, languages, speech: options.speech }),
    };
  }
}

/** What is spoken and written on the disc, the work's own language first. */
function languagesOf({ identity, titles }: JobDocument): string[] {
  const tracks = titles
    .filter(({ wanted }) => wanted)
    .flatMap(({ audio, subtitles }) => [...audio, ...subtitles].map(({ language }) => language));
  const spoken = [identity?.originalLanguage ?? 'und', ...tracks];
  return [...new Set(spoken)].filter((language) => language !== 'und');
}

/** What a person should know of titles that could not be measured, and of references that are missing or no good. */
function notesOf({ rejected, notes }: SeasonReferences, troubles: ReadonlySet<string>): string[] {
  const refused = rejected.map(({ origin, says }) => `${origin}: ${says}`);
  const all = [...troubles, ...notes, ...refused];
  return all.slice(0, MOST_NOTES).map((note) => oneLine(note).slice(0, 300));
}
