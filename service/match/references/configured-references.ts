import { join } from 'node:path';
import type { Config } from '../../config/resolve.ts';
import type { Problem } from '../../contract/problem.ts';
import type { CircuitTimes } from '../../metadata/http/circuit.ts';
import type { Patience } from '../../metadata/http/send.ts';
import type { Pace } from '../../metadata/http/turns.ts';
import { LibraryItems } from '../../owned/library-items.ts';
import type { OpenSubtitles } from './open-subtitles/open-subtitles.ts';
import { missingKey } from './open-subtitles/problems.ts';
import { createReferences, type References } from './references.ts';
import { createFolderSource } from './sources/folder-source.ts';
import { createLibrarySource } from './sources/library-source.ts';
import type { ReferenceSource } from './sources/reference-source.ts';
import { createReferenceStore } from './store/reference-store.ts';

export interface ConfiguredReferencesOptions {
  readonly config: Pick<Config, 'references' | 'state'>;
  /** Those that files go to; subtitles beside their episodes are references. */
  readonly libraries: readonly { readonly kind: string; readonly root: string }[];
  /** Shared with whoever else looks into libraries. */
  readonly items?: LibraryItems;
  /** A folder that somebody named for the show at hand. */
  readonly folder?: string | undefined;
  /** False fetches nothing: only what is there already counts. By itself: true. */
  readonly fetches?: boolean;
  /** Told once of a refused key, and once that all is well again. */
  readonly report?: (name: string, problem: Problem | null) => void;
  readonly pace?: Pace;
  readonly patience?: Partial<Patience>;
  readonly circuit?: Partial<CircuitTimes>;
}

/** References from everywhere that the settings name. Opens nothing and asks nothing before `gather`. */
export function configuredReferences(options: ConfiguredReferencesOptions): References {
  const { config, libraries, folder, items = new LibraryItems(), fetches = true } = options;
  const { folders, languages, per_episode } = config.references;
  const roots = libraries.filter(({ kind }) => kind === 'tv').map(({ root }) => root);
  return createReferences({
    sources: [
      ...(folder === undefined ? [] : [createFolderSource({ folders: [folder], vouched: true })]),
      createFolderSource({ folders }),
      createLibrarySource({ roots, items }),
      ...(fetches ? openSubtitlesSource(options) : []),
    ],
    store: createReferenceStore(referencesFolder(config.state)),
    perEpisode: per_episode,
    languages,
  });
}

/** OpenSubtitles as configured; null when it is switched off. Its code is loaded when it is first used. */
export async function configuredOpenSubtitles({
  config: { references, state },
  report,
  pace,
  patience,
  circuit,
}: Omit<ConfiguredReferencesOptions, 'libraries'>): Promise<OpenSubtitles | null> {
  const { enabled, url, api_key: key, username, password } = references.opensubtitles;
  if (!enabled) return null;
  const [{ createOpenSubtitles }, { sessionFile }] = await Promise.all([
    import('./open-subtitles/open-subtitles.ts'),
    import('./open-subtitles/session-file.ts'),
  ]);
  const folder = referencesFolder(state);
  return createOpenSubtitles({
    url,
    credentials: { key, username, password },
    session: sessionFile(join(folder, 'opensubtitles.json'), { username, password }),
    cacheFolder: join(folder, 'searches'),
    pace,
    patience,
    circuit,
    attention: (problem) => report?.('references-opensubtitles', problem),
  });
}

/** Without a key it only says so. */
function openSubtitlesSource(options: ConfiguredReferencesOptions): ReferenceSource[] {
  const { enabled, api_key: key } = options.config.references.opensubtitles;
  if (!enabled) return [];
  let source: Promise<ReferenceSource> | undefined;
  return [
    {
      name: 'opensubtitles',
      metered: true,
      async list(query, { signal }) {
        if (key === undefined)
          return {
            files: [],
            notes: [`${missingKey.message}. ${missingKey.hint}`],
            complete: false,
          };
        source ??= load();
        return (await source).list(query, { signal });
      },
    },
  ];

  async function load(): Promise<ReferenceSource> {
    const [api, { createOpenSubtitlesSource }] = await Promise.all([
      configuredOpenSubtitles(options),
      import('./open-subtitles/open-subtitles-source.ts'),
    ]);
    if (api === null) throw new Error('OpenSubtitles is switched off');
    return createOpenSubtitlesSource(api);
  }
}

function referencesFolder(state: string): string {
  return join(state, 'references');
}
