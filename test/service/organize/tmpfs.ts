import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Context } from 'mocha';

export async function mount(folder: string, size: string): Promise<void> {
  await execa('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
}

/** Shows a folder at a second place, as its mount point. */
export async function bind(folder: string, at: string): Promise<void> {
  await execa('mount', ['--bind', folder, at]);
}

/** Mounts an overlay of two file systems, as a container's root is one; `disk` holds the upper one. */
export async function overlay(lower: string, disk: string, at: string): Promise<void> {
  const [upper, work] = [join(disk, 'upper'), join(disk, 'work')];
  for (const folder of [upper, work]) await mkdir(folder, { recursive: true });
  const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
  await execa('mount', ['-t', 'overlay', '-o', layers, 'overlay', at]);
}

export async function unmount(folder: string, ...options: string[]): Promise<void> {
  await execa('umount', [...options, folder]);
}

/** Runs a test in a small file system of its own; skips it, saying why, where mounting is not allowed. */
export async function onTmpfs(
  test: Context,
  { size }: { size: string },
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'discflow-tmpfs-'));
  try {
    try {
      await mount(folder, size);
    } catch {
      console.log('        skipped: mounting a tmpfs is not allowed here');
      test.skip();
    }
    await body(folder);
  } finally {
    await unmount(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}
