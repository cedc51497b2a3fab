import type { Got } from 'got';
import { z } from 'zod';
import { DiscflowError } from '../../../../errors.ts';
import { unreachableReason } from '../../../../metadata/http/send.ts';
import { version } from '../../../../version.ts';

/** One file of a model at the hub. */
export interface HubFile {
  readonly path: string;
  readonly size: number;
  /** Big files by SHA-256, small ones as git names them: SHA-1 of "blob <size>\0" and the content. */
  readonly hash: { readonly kind: 'sha256' | 'git'; readonly hex: string };
}

/** GET /api/models/<model>/tree/<revision>, as the hub's client documents an entry. */
const Tree = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number().default(0),
    oid: z.string(),
    lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
  }),
);

const PATIENCE_MS = 30_000;
const TRIES_AGAIN = 2;

let client: Promise<Got> | undefined;

/** "organisation/name", as in the address of a model; it becomes a folder, too. */
export function isModelName(name: string): boolean {
  return /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/.test(name);
}

/** Every file of a model. Throws `download-failed`. */
export async function listHubFiles(
  hub: string,
  model: string,
  signal: AbortSignal,
): Promise<HubFile[]> {
  const got = await hubClient();
  const address = `${hub}/api/models/${model}/tree/main?recursive=true`;
  const { statusCode, body } = await got(address, { signal }).catch((error) => {
    signal.throwIfAborted();
    throw hubFailed(unreachableReason(error), error);
  });
  // The hub says 401 of what does not exist, so as not to tell of what is private.
  if (statusCode === 401 || statusCode === 404)
    throw hubFailed(`it knows no model ${model}`, undefined);
  if (statusCode >= 300) throw hubFailed(`it answers HTTP ${statusCode}`, undefined);
  const entries = parse(body);
  return entries
    .filter(({ type }) => type === 'file')
    .map(({ path, size, oid, lfs }) => ({
      path,
      size: lfs?.size ?? size,
      hash: lfs ? { kind: 'sha256', hex: lfs.oid } : { kind: 'git', hex: oid },
    }));
}

/** A file's bytes as they come. */
export async function openHubFile(hub: string, model: string, path: string) {
  const got = await hubClient();
  return got.stream(`${hub}/${model}/resolve/main/${path}`, { retry: { limit: 0 } });
}

export function hubFailed(why: string, cause: unknown): DiscflowError {
  return new DiscflowError('download-failed', `The hub of models is of no use: ${why}`, {
    hint:
      'Check the network and speech.hub. A model that you have on another machine can be copied: ' +
      'its whole folder into the folder of models.',
    cause,
  });
}

function parse(body: string) {
  try {
    return Tree.parse(JSON.parse(body));
  } catch (error) {
    throw hubFailed('what answers at its address is no hub', error);
  }
}

function hubClient(): Promise<Got> {
  client ??= import('got').then(({ got }) =>
    got.extend({
      headers: { 'user-agent': `Discflow/${version} (https://github.com/discflow/discflow)` },
      throwHttpErrors: false,
      // A file is somewhere else than its address.
      maxRedirects: 5,
      timeout: { connect: PATIENCE_MS, response: PATIENCE_MS, socket: PATIENCE_MS },
      retry: { limit: TRIES_AGAIN },
    }),
  );
  return client;
}
