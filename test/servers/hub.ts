import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LocalServer, startLocalServer } from './local-server.ts';

/** From this size on files are kept by Git LFS. */
const LFS_BYTES = 20_000;

/**
 * A hub of models as Hugging Face documents it: GET /api/models/<model>/tree/<revision> lists, and
 * /<model>/resolve/<revision>/<path> sends on to where the bytes are.
 */
export async function startHub(model: string, folder: string): Promise<LocalServer> {
  const files = await filesOf(folder);
  return startLocalServer(({ url }) => {
    const path = decodeURIComponent(url.pathname);
    if (path === `/api/models/${model}/tree/main`)
      return {
        status: 200,
        body: [{ type: 'directory', path: 'onnx', oid: '0' }, ...files.map(entryOf)],
      };
    const resolve = `/${model}/resolve/main/`;
    const file = files.find(({ name }) => path === resolve + name || path === `/cdn/${name}`);
    if (file === undefined) return { status: 404, body: { error: 'Entry not found' } };
    if (path.startsWith(resolve))
      return { status: 302, body: Buffer.alloc(0), headers: { location: `/cdn/${file.name}` } };
    return { status: 200, body: file.bytes };
  });
}

interface ModelFile {
  readonly name: string;
  readonly bytes: Buffer;
}

function entryOf({ name, bytes }: ModelFile) {
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  if (bytes.length < LFS_BYTES) return { type: 'file', path: name, oid, size: bytes.length };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const lfs = { oid: sha256, size: bytes.length, pointerSize: 134 };
  return { type: 'file', path: name, oid: 'f'.repeat(40), size: bytes.length, lfs };
}

async function filesOf(folder: string): Promise<ModelFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files: ModelFile[] = [];
  for (const name of names)
    if ((await stat(join(folder, name))).isFile())
      files.push({ name, bytes: await readFile(join(folder, name)) });
  return files;
}
