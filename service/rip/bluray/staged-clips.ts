import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError, systemCode } from '../../errors.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import { copyClip } from './copy-clip.ts';
import { neededClips, streamPath } from './needed-clips.ts';

interface Options {
  medium: Medium;
  /** `<folder>/00001.m2ts` are the clips. */
  folder: string;
  signal: AbortSignal;
}

type Playing = Pick<BlurayTitle, 'items' | 'subPaths'>;

/** Systems on which only some may make links. */
const linkRefusals = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS']);
/** What another title would meet again at the same clip. */
const damageCodes = new Set(['read-error', 'encrypted', 'disc-unreadable']);

/**
 * The clips of a rip in staging: each is read once and kept as long as a title is being made of it
 * or a later one needs it. Clips of a folder are links to it.
 */
export class StagedClips {
  readonly #options: Options;
  readonly #there = new Map<string, 'copy' | 'link'>();
  readonly #damage = new Map<string, DiscflowError>();
  readonly #users = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Brings the clips of a title, which are then its own until {@link release}.
   * @param onBytes called with a clip and how many bytes of it were read
   * @returns whether mkvmerge will read from the disc itself, through links
   * @throws what copying throws; a clip that is damaged fails every title at once
   */
  async bring(title: Playing, onBytes: (clip: string, bytes: number) => void): Promise<boolean> {
    await mkdir(this.#options.folder, { recursive: true });
    for (const clip of neededClips(title)) this.#use(clip, 1);
    try {
      for (const clip of neededClips(title)) this.#assertUndamaged(clip);
      for (const clip of neededClips(title)) await this.#bringOne(clip, onBytes);
    } catch (error) {
      for (const clip of neededClips(title)) this.#use(clip, -1);
      throw error;
    }
    return neededClips(title).some((clip) => this.#there.get(clip) === 'link');
  }

  /** The title is made or given up: deletes the clips that neither others in the making nor these need. */
  async release(title: Playing, left: readonly Playing[]): Promise<void> {
    for (const clip of neededClips(title)) this.#use(clip, -1);
    const needed = new Set(left.flatMap(neededClips));
    for (const clip of [...this.#there.keys()]) {
      if (needed.has(clip) || (this.#users.get(clip) ?? 0) > 0) continue;
      this.#there.delete(clip);
      await rm(this.#pathOf(clip), { force: true });
    }
  }

  /** Before anything is read: what is damaged once is not tried again for every title. */
  #assertUndamaged(clip: string): void {
    const damage = this.#damage.get(clip);
    if (damage) throw damage;
  }

  #use(clip: string, by: 1 | -1): void {
    this.#users.set(clip, (this.#users.get(clip) ?? 0) + by);
  }

  async #bringOne(clip: string, onBytes: (clip: string, bytes: number) => void): Promise<void> {
    const { medium, signal } = this.#options;
    if (this.#there.has(clip)) return onBytes(clip, this.#bytesOf(clip));
    if (await this.#link(clip)) {
      this.#there.set(clip, 'link');
      return;
    }
    try {
      const output = this.#pathOf(clip);
      await copyClip({ medium, clip, output, signal, onBytes: (bytes) => onBytes(clip, bytes) });
      this.#there.set(clip, 'copy');
    } catch (error) {
      const isDamage = error instanceof DiscflowError && damageCodes.has(error.code);
      if (isDamage) this.#damage.set(clip, error);
      throw error;
    }
  }

  async #link(clip: string): Promise<boolean> {
    const target = this.#options.medium.localPath?.(streamPath(clip));
    if (target === undefined) return false;
    try {
      await symlink(target, this.#pathOf(clip));
      return true;
    } catch (error) {
      if (linkRefusals.has(systemCode(error) ?? '')) return false;
      throw error;
    }
  }

  #bytesOf(clip: string): number {
    const path = streamPath(clip);
    return this.#options.medium.files.find((file) => file.path === path)?.bytes ?? 0;
  }

  #pathOf(clip: string): string {
    return join(this.#options.folder, `${clip}.m2ts`);
  }
}
