import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Written by node-red-settings.cjs. */
const Entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({
    kind: z.literal('sent'),
    node: z.string(),
    port: z.number(),
    topic: z.string().optional(),
    job: z.string().optional(),
    redelivered: z.boolean().optional(),
    files: z.array(z.string()).optional(),
  }),
  z.object({
    kind: z.literal('status'),
    node: z.string(),
    fill: z.string().optional(),
    text: z.string().optional(),
  }),
  z.object({
    kind: z.literal('log'),
    level: z.number(),
    /** Type of the node, if it was one that said it. */
    node: z.string().optional(),
    text: z.string(),
  }),
]);
type Entry = z.infer<typeof Entry>;
export type Sent = Extract<Entry, { kind: 'sent' }>;
export type Logged = Extract<Entry, { kind: 'log' }>;

/** What happened in a Node-RED, over all its restarts. */
export class Journal {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  of<Kind extends Entry['kind']>(kind: Kind): Extract<Entry, { kind: Kind }>[] {
    return this.#entries().filter((entry) => isOf(entry, kind));
  }

  /** The messages that left a node, in order. */
  sentBy(node: string): Sent[] {
    return this.of('sent').filter((sent) => sent.node === node);
  }

  /** A last line that is not finished was being written when Node-RED was killed. */
  #entries(): Entry[] {
    const lines = readFileSync(this.#path, { encoding: 'utf8', flag: 'a+' }).split('\n');
    return lines.slice(0, -1).map((line) => Entry.parse(JSON.parse(line)));
  }
}

function isOf<Kind extends Entry['kind']>(
  entry: Entry,
  kind: Kind,
): entry is Extract<Entry, { kind: Kind }> {
  return entry.kind === kind;
}
