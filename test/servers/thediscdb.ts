import { z } from 'zod';
import { type MadeDisc, type MadeItem, type MadeRelease, madeReleases } from './discs.ts';
import { type Answer, type LocalServer, type Seen, startLocalServer } from './local-server.ts';

interface Options {
  releases?: readonly MadeRelease[];
  /** False: the site without its REST interface, where such a path is a page that does not exist. */
  rest?: boolean;
}

/** Answers as TheDiscDB does, for discs of made-up works. */
export function startTheDiscDb({
  releases = madeReleases,
  rest = true,
}: Options = {}): Promise<LocalServer> {
  return startLocalServer((request) => {
    const { pathname } = request.url;
    if (pathname === '/graphql') return graphql(releases, request);
    const [, key, value = ''] = /^\/api\/(dischash|discid)\/(.*)$/.exec(pathname) ?? [];
    if (!rest || key === undefined) return { status: 404, body: '<!doctype html>' };
    if (!/^(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40})$/.test(value))
      return { status: 400, body: 'Invalid disc id' };
    return key === 'dischash' ? byHash(releases, value) : byId(releases, value);
  });
}

const notFound: Answer = { status: 404, body: { title: 'Not Found', status: 404 } };

function byHash(releases: readonly MadeRelease[], value: string): Answer {
  const [found] = discsOf(releases, ({ contentHash }) => contentHash === value.toUpperCase());
  return found ? { status: 200, body: restDisc(found) } : notFound;
}

function byId(releases: readonly MadeRelease[], value: string): Answer {
  const found = discsOf(releases, ({ globalDiscId }) => globalDiscId === value.toUpperCase());
  return found.length > 0 ? { status: 200, body: found.map(restDisc) } : notFound;
}

interface Found {
  disc: MadeDisc;
  of: MadeRelease;
}

function discsOf(releases: readonly MadeRelease[], wanted: (disc: MadeDisc) => boolean): Found[] {
  return releases.flatMap((of) => of.discs.filter(wanted).map((disc) => ({ disc, of })));
}

/** snake_case; what is null is left out. */
function restDisc({ disc, of }: Found) {
  const { regionCode, ...release } = of.release;
  return {
    global_disc_id: disc.globalDiscId,
    format: disc.format,
    content_hash: disc.contentHash,
    media: {
      title: of.title,
      full_title: `${of.title} (${of.year})`,
      year: of.year,
      type: of.type,
      external_ids: of.ids,
    },
    release: { ...release, region_code: regionCode },
    disc: { slug: `disc-${disc.index}`, name: disc.name, index: disc.index },
    titles: disc.titles.map(({ sourceFile, segmentMap, ...title }, index) => ({
      index,
      source_file: sourceFile,
      segment_map: segmentMap,
      ...title,
      display_size: '1 GB',
      file_name: `title_${index}.mkv`,
      chapters: [],
      tracks: [],
    })),
  };
}

const Question = z.object({ query: z.string(), variables: z.object({ value: z.string() }) });

function graphql(releases: readonly MadeRelease[], { method, body }: Seen): Answer {
  const question = Question.safeParse(method === 'POST' ? JSON.parse(body) : null);
  if (!question.success) return { status: 400, body: { errors: [{ message: 'No query' }] } };
  const { query, variables } = question.data;
  const key = /discs: \{ some: \{ globalDiscId:/.test(query) ? 'globalDiscId' : 'contentHash';
  return { status: 200, body: graphAnswer(releases, key, variables.value) };
}

/** What REST says of the first release with this content hash. */
export function restAnswer(releases: readonly MadeRelease[], hash: string): unknown {
  return byHash(releases, hash).body;
}

/** Every release and every disc of an item that has one such disc. */
export function graphAnswer(
  releases: readonly MadeRelease[],
  key: 'contentHash' | 'globalDiscId',
  value: string,
): unknown {
  const titles = new Set(
    discsOf(releases, (disc) => disc[key] === value).map(({ of }) => of.title),
  );
  const nodes = [...titles].map((title) => {
    const all = releases.filter((release) => release.title === title);
    return {
      title,
      year: all[0]?.year ?? null,
      type: all[0]?.type ?? null,
      externalids: { tmdb: all[0]?.ids.tmdb ?? null, imdb: all[0]?.ids.imdb ?? null },
      releases: all.map(({ release, discs }) => ({
        regionCode: null,
        locale: null,
        upc: null,
        ...release,
        discs: discs.map((disc) => ({
          globalDiscId: null,
          ...disc,
          titles: disc.titles.map((made) => ({
            segmentMap: null,
            ...made,
            item: made.item ? graphItem(made.item) : null,
          })),
        })),
      })),
    };
  });
  return { data: { mediaItems: { nodes } } };
}

/** Only what the question selects: a description is not. */
function graphItem({ title, type, season, episode }: MadeItem) {
  return { title: title ?? null, season: season ?? null, episode: episode ?? null, type };
}
