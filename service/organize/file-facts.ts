import { lstat, stat, statfs } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** What tells a file from others. `inode` survives a rename; it is cut to what JSON can hold. */
export interface FileFacts {
  readonly device: number;
  readonly inode: number;
  readonly bytes: number;
  readonly isFile: boolean;
}

/** The facts of what lies at a path, or null when nothing does. */
export async function fileFacts(path: string): Promise<FileFacts | null> {
  try {
    const { dev, ino, size, ...rest } = await stat(path, { bigint: true });
    return {
      device: Number(dev),
      inode: Number(BigInt.asUintN(53, ino)),
      bytes: Number(size),
      isFile: (rest.mode & 0o170000n) === 0o100000n,
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** True when anything lies at a path, a dangling link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Bytes that an ordinary user may still write below a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
