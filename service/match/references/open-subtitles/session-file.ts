import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { replaceDurably } from '../../../store/durable-file.ts';

const Session = z.object({
  v: z.literal(1),
  /** Of the account that logged in, without telling it. */
  account: z.string(),
  token: z.string().nullable(),
  /** Where the account is served: premium ones have an address of their own. */
  url: z.string().nullable(),
  loggedInAt: z.number().describe('milliseconds since 1970'),
  remaining: z.number().nullable(),
  resetAt: z.number().nullable().describe('milliseconds since 1970'),
});
export type Session = z.infer<typeof Session>;

export interface SessionFile {
  read(): Promise<Session>;
  write(session: Session): Promise<void>;
}

interface Account {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** Login and quota over restarts, for its owner's eyes alone. One that cannot be read or written is left out. */
export function sessionFile(path: string, { username = '', password = '' }: Account): SessionFile {
  // Enough to see that either has changed, and too little to find a password by.
  const account = `${digest(username).slice(0, 16)}${digest(password).slice(0, 4)}`;
  let known: Session | null = null;
  return {
    async read() {
      known ??= parse(await readFile(path, 'utf8').catch(() => ''));
      if (known?.account !== account) known = newSession(account);
      return known;
    },
    async write(session) {
      known = { ...session, account };
      try {
        await mkdir(dirname(path), { recursive: true });
        await replaceDurably(path, JSON.stringify(known));
      } catch {
        // Without it the next start logs in anew.
      }
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function newSession(account: string): Session {
  const nothing = { token: null, url: null, loggedInAt: 0, remaining: null, resetAt: null };
  return { v: 1, account, ...nothing };
}

function parse(text: string): Session | null {
  try {
    return Session.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
