import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DiscflowError } from '../../../../errors.ts';
import { unreachableReason } from '../../../../metadata/http/send.ts';
import type { WeightForm } from '../transformers/devices.ts';
import { describingFiles, weightFiles } from '../transformers/model-folder.ts';
import { hashFor, wrongWith } from './file-hash.ts';
import { type HubFile, hubFailed, isModelName, listHubFiles, openHubFile } from './hub.ts';

export interface FetchOptions {
  readonly hub: string;
  /** Folder of models. */
  readonly models: string;
  readonly model: string;
  readonly form: WeightForm;
  readonly signal: AbortSignal;
  /** Told of each file before it comes, and of those that are there already. */
  readonly onFile?: (file: HubFile, isThere: boolean) => void;
}

/** What was fetched, beside the model: by it the files can be checked later. */
export const MANIFEST = 'discflow-model.json';
const TRIES = 3;

/**
 * Fetches a whisper model in one form of weights: only the files that are needed, those that are there and right not
 * again. A file gets its name when it is whole. Throws `bad-request` for a name that is none, `download-failed`.
 */
export async function fetchModel(options: FetchOptions): Promise<{ path: string; bytes: number }> {
  const { hub, models, model, form, signal, onFile } = options;
  if (!isModelName(model))
    throw new DiscflowError('bad-request', `${model} is no name of a model at the hub`, {
      hint: 'It looks like onnx-community/whisper-base.',
    });
  const offered = await listHubFiles(hub, model, signal);
  const wanted = [...describingFiles, ...weightFiles(form)].map((path) => {
    const file = offered.find((other) => other.path === path);
    if (file === undefined) throw hubFailed(`${model} has no ${path} there`, undefined);
    return file;
  });
  const folder = join(models, model);
  for (const file of wanted) {
    const isThere = (await wrongWith(file, join(folder, file.path))) === null;
    onFile?.(file, isThere);
    if (!isThere) await fetchFile(file, folder, options);
  }
  await writeFile(join(folder, MANIFEST), `${JSON.stringify({ files: wanted }, null, 2)}\n`);
  return { path: folder, bytes: wanted.reduce((sum, { size }) => sum + size, 0) };
}

async function fetchFile(file: HubFile, folder: string, options: FetchOptions): Promise<void> {
  const { hub, model, signal } = options;
  const target = join(folder, file.path);
  const unfinished = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  for (let tries = 1; ; tries++)
    try {
      await download(file, await openHubFile(hub, model, file.path), unfinished, signal);
      await rename(unfinished, target);
      return;
    } catch (error) {
      await rm(unfinished, { force: true });
      signal.throwIfAborted();
      if (tries === TRIES) {
        if (error instanceof DiscflowError) throw error;
        throw hubFailed(`${file.path} did not arrive: ${unreachableReason(error)}`, error);
      }
    }
}

async function download(
  file: HubFile,
  source: Awaited<ReturnType<typeof openHubFile>>,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const hash = hashFor(file);
  const checked = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(source, checked, createWriteStream(target), { signal });
  const status = source.response?.statusCode ?? 0;
  if (status >= 300) throw hubFailed(`it answers HTTP ${status} for ${file.path}`, undefined);
  if (hash.digest('hex') !== file.hash.hex)
    throw hubFailed(`${file.path} arrived damaged`, undefined);
}
