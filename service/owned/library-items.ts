import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { systemCode } from '../errors.ts';
import { readWorkName, type WorkName } from './work-name.ts';

/** A film or show in a library: its folder, or the file of a film that lies in the root. */
export interface LibraryItem {
  path: string;
  isFolder: boolean;
  name: WorkName;
}

/** A file of an item, as far as listing folders tells. */
export interface ItemFile {
  path: string;
  /** File name without its extension. */
  stem: string;
}

interface LibraryItemsOptions {
  /** How long a list counts as fresh; then it is forgotten, so that an idle service holds none. */
  freshMs?: number;
  /** A root with more entries than that is looked at as far. */
  mostEntries?: number;
}

const FRESH_MS = 60_000;
const MOST_ENTRIES = 50_000;
const MOST_FILES = 3000;
/** Shelves of a library sorted by first letter: "A", "0-9", "#". */
const SHELF = /^.{1,3}$/u;

const video = /^\.(?:mkv|mp4|m4v|avi|ts|m2ts|mpe?g|wmv|mov|webm|iso)$/i;
/** Endings that make a file an extra; jellyfin.org/docs, "Movies", section "Extras". */
const extra =
  /[-._ ](?:trailer|sample|scene|clip|interview|behindthescenes|deleted|deletedscene|featurette|short|extra|other)$/i;
const seasonFolder =
  /^(?:(?:season|series|staffel|saison|temporada|stagione|s)[ ._]?\d{1,4}|specials)$/i;
const discFolder = /^(?:video_ts|bdmv)$/i;

/** Lists what libraries hold: one folder at a time, without holding anything else up, and no more than it must. */
export class LibraryItems {
  readonly #freshMs: number;
  readonly #mostEntries: number;
  readonly #lists = new Map<string, Promise<LibraryItem[]>>();

  constructor({ freshMs = FRESH_MS, mostEntries = MOST_ENTRIES }: LibraryItemsOptions = {}) {
    this.#freshMs = freshMs;
    this.#mostEntries = mostEntries;
  }

  /** The items of a library's root. Throws system errors of the disk. */
  in(root: string): Promise<LibraryItem[]> {
    const known = this.#lists.get(root);
    if (known !== undefined) return known;
    const list = this.#list(root);
    this.#lists.set(root, list);
    const forget = () => void this.#lists.delete(root);
    list.then(() => setTimeout(forget, this.#freshMs).unref(), forget);
    return list;
  }

  async #list(root: string): Promise<LibraryItem[]> {
    const items: LibraryItem[] = [];
    const shelves: string[] = [];
    for await (const { name, path, isFolder } of entriesOf(root, this.#mostEntries)) {
      if (isFolder && SHELF.test(name)) shelves.push(path);
      const item = itemOf(name, path, isFolder);
      if (item) items.push(item);
    }
    for (const shelf of shelves) {
      const left = this.#mostEntries - items.length;
      for await (const { name, path, isFolder } of entriesOf(shelf, left))
        if (isFolder && !seasonFolder.test(name))
          items.push({ path, isFolder, name: readWorkName(name) });
    }
    return items;
  }
}

/** The films and episodes of an item, without its extras. Throws system errors of the disk. */
export async function filesOf(item: LibraryItem): Promise<ItemFile[]> {
  if (!item.isFolder) return [{ path: item.path, stem: parse(item.path).name }];
  const files: ItemFile[] = [];
  const folders = [item.path];
  for (const folder of folders) {
    for await (const { name, path, isFolder } of entriesOf(folder, MOST_FILES - files.length)) {
      const { name: stem, ext } = parse(name);
      if (isFolder && discFolder.test(name)) files.push({ path, stem: parse(folder).name });
      else if (isFolder && folder === item.path && seasonFolder.test(name)) folders.push(path);
      else if (!isFolder && video.test(ext) && !extra.test(stem)) files.push({ path, stem });
    }
  }
  return files;
}

function itemOf(name: string, path: string, isFolder: boolean): LibraryItem | null {
  const { name: stem, ext } = parse(name);
  if (isFolder) return { path, isFolder, name: readWorkName(name) };
  return video.test(ext) && !extra.test(stem) ? { path, isFolder, name: readWorkName(stem) } : null;
}

interface Entry {
  name: string;
  path: string;
  isFolder: boolean;
}

/** A link is taken for what most links in a library are: a folder, unless it is called like a film. */
async function* entriesOf(folder: string, most: number): AsyncGenerator<Entry> {
  let left = most;
  for await (const entry of await openedFolder(folder)) {
    if (left-- <= 0) return;
    const { name } = entry;
    if (name.startsWith('.')) continue;
    const isFolder =
      entry.isDirectory() || (entry.isSymbolicLink() && !video.test(parse(name).ext));
    yield { name, path: join(folder, name), isFolder };
  }
}

/** What has just been moved away, or is a link to nowhere, holds nothing. */
async function openedFolder(folder: string): Promise<AsyncIterable<Dirent>> {
  try {
    return await opendir(folder, { bufferSize: 256 });
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return (async function* () {})();
  }
}
