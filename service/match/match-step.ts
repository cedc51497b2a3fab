import type { Findings } from '../contract/findings.ts';
import type { Catalogue, JobDocument } from '../jobs/document.ts';
import type { Step, StepContext } from '../jobs/step.ts';
import type { SetAnswer } from '../review/offer-set.ts';
import { askPostponed, confirmIdentity } from './confirm-identity.ts';
import { deriveMatches, type MatchRules, settleTitles } from './derive.ts';
import { subjectOf } from './measure/subject.ts';

export interface MatchStepOptions extends MatchRules {
  /** The episodes of a season of a show in TMDB; null when they cannot be had. */
  lookUpSeason?: SeasonLookup | undefined;
  /** Measures the ripped files; null when there is nothing to compare them with. */
  measure?: MeasureDisc | undefined;
  /** What a person said of another disc of the set. */
  answeredSet?: ((disc: JobDocument['disc']) => SetAnswer | null) | undefined;
}

export type MeasureDisc = (
  job: JobDocument,
  options: { signal: AbortSignal; progress: StepContext['progress'] },
) => Promise<Findings | null>;

type Season = NonNullable<Catalogue['season']>;
type SeasonLookup = (
  wanted: Pick<Season, 'tmdb' | 'season'>,
  options: { signal: AbortSignal },
) => Promise<Season | null>;

/**
 * The step that says what each ripped title is: by what its file says, compared with subtitles of known episodes. By
 * structure alone an episode's number is never sure, so without them its order is a question with the disc's own as
 * default; what is no episode is matched at once.
 */
export function createMatchStep(options: MatchStepOptions): Step {
  const { lookUpSeason, measure, answeredSet, ...rules } = options;
  return async ({ job, signal, update, progress }) => {
    const season = await missingSeason(job(), lookUpSeason, signal);
    if (job().titles.some(({ state }) => state === 'ripped'))
      await update((draft) => {
        for (const title of draft.titles) if (title.state === 'ripped') title.state = 'matching';
      });
    const findings = await measured();
    await update((draft) => {
      if (season) draft.catalogue = { titles: draft.catalogue?.titles ?? [], season };
      const at = new Date().toISOString();
      draft.findings = findings;
      confirmIdentity(draft, at);
      askPostponed(draft, answeredSet?.(draft.disc) ?? null, at);
      deriveMatches(draft, rules, { at, by: 'match' });
      settleTitles(draft);
    });
    return { end: 'done' };

    /** What somebody says of the disc meanwhile ends the work on it, and asks for other episodes. */
    async function measured(): Promise<Findings | null> {
      const subject = subjectOf(job());
      const isSame = () => subject === subjectOf(job());
      const findings = await measure?.(job(), { signal, progress }).catch((error: unknown) => {
        if (isSame()) throw error;
        return null;
      });
      signal.throwIfAborted();
      return isSame() ? (findings ?? null) : measured();
    }
  };
}

/** The season that the identity names, unless its episodes are known already. */
async function missingSeason(
  { identity, catalogue }: JobDocument,
  lookUp: SeasonLookup | undefined,
  signal: AbortSignal,
): Promise<Season | null> {
  if (identity?.kind !== 'tv' || identity.tmdb === null || !lookUp) return null;
  const { tmdb, season } = { tmdb: identity.tmdb, season: identity.season ?? 1 };
  const known = catalogue?.season;
  return known?.tmdb === tmdb && known.season === season
    ? null
    : lookUp({ tmdb, season }, { signal });
}
