import { stat } from 'node:fs/promises';
import type { Identity, IdentityStatement } from '../contract/identity.ts';
import type { Owned, OwnedFile } from '../contract/owned.ts';
import type { Title } from '../contract/title.ts';
import { titleKey } from '../identify/title-key.ts';
import type { JobDocument } from '../jobs/document.ts';
import { nameOf } from '../review/statement.ts';
import type { FiledDisc } from '../store/filed-works.ts';
import { filesOf, type LibraryItem, type LibraryItems } from './library-items.ts';
import { readProvenance } from './provenance.ts';
import { resolutionOf, resolutionOfDisc } from './quality.ts';
import { type EpisodeNumbers, episodesInName, readWorkName } from './work-name.ts';

export type OwnedFinding = Pick<Owned, 'by' | 'job' | 'at' | 'says' | 'sure' | 'files'>;

export interface FindOwnedOptions {
  libraries: readonly { id: string; kind: string; root: string }[];
  items: LibraryItems;
  /** What discs have brought of this film or series. */
  filed: (identity: IdentityStatement) => Promise<FiledDisc[]>;
  /** Height of a file's picture in lines, or null when nothing can tell. */
  heightOf: (path: string) => Promise<number | null>;
}

/** A file with what it is for the disc at hand. */
interface Found {
  file: OwnedFile;
  job: { job: string; at: string } | null;
  sure: boolean;
  numbers: EpisodeNumbers | null;
}

/** As many as are looked into for the size of their picture. */
const MOST_LOOKED_INTO = 3;
const MOST_FILES = 10;

/**
 * Finds out whether what a disc brings is in a library already: its film, or every episode that is wanted. What came
 * from this very disc does not count: that is for the policy of known discs. Null when it is not, or nobody can tell.
 */
export async function findOwned(
  { disc, identity, titles }: Pick<JobDocument, 'disc' | 'identity' | 'titles'>,
  options: FindOwnedOptions,
): Promise<OwnedFinding | null> {
  if (!identity || (identity.kind !== 'movie' && identity.kind !== 'tv')) return null;
  if (titleKey(identity.title ?? '') === '' && identity.tmdb === null) return null;
  const discs = (await options.filed(identity)).filter(
    (other) =>
      other.fingerprint !== disc.fingerprint && likenessOf(other.identity, identity) !== null,
  );
  const found = distinct([
    ...(await ofDiscs(discs, identity)),
    ...(await ofLibraries(identity, disc.fingerprint, options)),
  ]);
  const having = identity.kind === 'movie' ? found : episodesHad(found, discs, identity, titles);
  return having.length === 0 ? null : findingOf(identity, having, options);
}

/** Files that discs have brought, as far as they are still there. */
async function ofDiscs(discs: readonly FiledDisc[], identity: Identity): Promise<Found[]> {
  const found = discs.flatMap((disc) =>
    disc.files.map(async ({ library, path, season, episodes }): Promise<Found[]> => {
      const bytes = await bytesOf(path);
      if (bytes === null) return [];
      const resolution = resolutionOfDisc(disc.kind);
      const edition = disc.identity.edition ?? null;
      return [
        {
          file: { library, path, bytes, resolution, edition },
          job: { job: disc.job, at: disc.at },
          sure: likenessOf(disc.identity, identity) === 'sure',
          numbers: season === null ? null : { season, episodes },
        },
      ];
    }),
  );
  return (await Promise.all(found)).flat();
}

async function ofLibraries(
  identity: Identity,
  fingerprint: string | null,
  { libraries, items }: FindOwnedOptions,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const { id, root } of libraries.filter(({ kind }) => kind === identity.kind)) {
    const all = await items.in(root);
    for (const item of all) {
      const likeness = likenessOf(item.name, identity);
      if (likeness === null) continue;
      for (const file of await filesOf(item)) {
        const one = await foundFile(file, { id, item, likeness, fingerprint });
        if (one) found.push(one);
      }
    }
  }
  return found;
}

interface Circumstances {
  id: string;
  item: LibraryItem;
  likeness: 'sure' | 'likely';
  fingerprint: string | null;
}

async function foundFile(
  { path, stem }: { path: string; stem: string },
  { id: library, item, likeness, fingerprint }: Circumstances,
): Promise<Found | null> {
  const provenance = await readProvenance(path);
  if (provenance !== null && provenance.fingerprint === fingerprint) return null;
  const bytes = await bytesOf(path);
  if (bytes === null) return null;
  const name = readWorkName(stem);
  const fromDisc = provenance && resolutionOfDisc(provenance.kind);
  return {
    file: {
      library,
      path,
      bytes,
      resolution: name.resolution ?? fromDisc ?? item.name.resolution,
      edition: name.edition ?? provenance?.edition ?? item.name.edition,
    },
    job: provenance && { job: provenance.job, at: provenance.at },
    sure: likeness === 'sure',
    numbers: episodesInName(stem),
  };
}

/** Every wanted episode, or, before anybody knows which they are, what the same disc of the set brought. */
function episodesHad(
  found: readonly Found[],
  discs: readonly FiledDisc[],
  identity: Identity,
  titles: readonly Title[],
): Found[] {
  const wanted = titles.filter(({ wanted, role }) => wanted && role === 'episode');
  const numbers = wanted.flatMap(
    ({ match }) => match?.episodes.map((n) => [match.season, n]) ?? [],
  );
  if (wanted.length > 0 && wanted.every(({ match }) => match && match.episodes.length > 0)) {
    const had = numbers.map(([season, episode]) =>
      found.find(
        ({ numbers }) => numbers?.season === season && numbers?.episodes.includes(episode ?? -1),
      ),
    );
    return had.every((one) => one !== undefined) ? [...new Set(had)] : [];
  }
  const { season, disc: number } = identity;
  if (season === null || number === null) return [];
  const twin = discs.find(
    (other) => other.complete && other.identity.season === season && other.identity.disc === number,
  );
  const paths = new Set(twin?.files.map(({ path }) => path));
  const had = found.filter(({ file }) => paths.has(file.path));
  return had.length === paths.size ? had.map((one) => ({ ...one, sure: false })) : [];
}

async function findingOf(
  identity: Identity,
  found: readonly Found[],
  { heightOf }: FindOwnedOptions,
): Promise<OwnedFinding> {
  const files = found.slice(0, MOST_FILES).map(({ file }) => file);
  const dark = files.filter(({ resolution }) => resolution === null).slice(0, MOST_LOOKED_INTO);
  for (const file of dark) file.resolution = resolutionOf(await heightOf(file.path));
  const job = found.find((one) => one.job !== null)?.job ?? null;
  const [first] = files;
  const more = found.length > 1 ? ` (${found.length} files)` : '';
  const what = `${nameOf(identity)} is in library "${first?.library ?? ''}" already${more}`;
  return {
    by: 'library',
    job: job?.job ?? null,
    at: job?.at ?? null,
    says: what.slice(0, 300),
    sure: found.every(({ sure }) => sure),
    files,
  };
}

/** By TMDB number where both have one, else by name and year; the name alone is likely, not sure. */
function likenessOf(
  name: Pick<IdentityStatement, 'title' | 'year' | 'tmdb'>,
  identity: Identity,
): 'sure' | 'likely' | null {
  if (name.tmdb && identity.tmdb) return name.tmdb === identity.tmdb ? 'sure' : null;
  if (titleKey(name.title ?? '') !== titleKey(identity.title ?? '')) return null;
  const apart = yearsApart(name.year, identity.year);
  if (apart === 'far') return null;
  return apart === 'same' ? 'sure' : 'likely';
}

/** Databases differ by a year where a film had its first night in December. */
function yearsApart(
  a: number | null | undefined,
  b: number | null | undefined,
): 'same' | 'near' | 'unknown' | 'far' {
  if (!a || !b) return 'unknown';
  if (a === b) return 'same';
  return Math.abs(a - b) <= 1 ? 'near' : 'far';
}

function distinct(found: readonly Found[]): Found[] {
  return [...new Map(found.toReversed().map((one) => [one.file.path, one])).values()].reverse();
}

/** Null when there is nothing; the size of a folder with a disc in it is nobody's business. */
async function bytesOf(path: string): Promise<number | null> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return null;
  return facts.isFile() ? facts.size : 0;
}
