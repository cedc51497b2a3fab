import { systemCode } from '../errors.ts';
import { syncFolder } from '../store/durable-file.ts';

/** What file systems say that cannot sync a folder: some FUSE and network ones, and Windows. */
const CANNOT: ReadonlySet<string> = new Set('EINVAL ENOTSUP EOPNOTSUPP EISDIR EPERM'.split(' '));

/** Makes renames and removals in a folder durable, as far as its file system can. */
export async function settleFolder(path: string): Promise<void> {
  try {
    await syncFolder(path);
  } catch (error) {
    if (!CANNOT.has(systemCode(error) ?? '')) throw error;
  }
}
