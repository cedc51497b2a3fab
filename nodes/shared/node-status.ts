import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { LinkState } from './feed.ts';

const looks = {
  connecting: { fill: 'yellow', shape: 'ring' },
  away: { fill: 'yellow', shape: 'ring' },
  disconnected: { fill: 'red', shape: 'ring' },
  refused: { fill: 'red', shape: 'ring' },
  'no-station': { fill: 'red', shape: 'ring' },
  'bad-settings': { fill: 'red', shape: 'ring' },
  ready: { fill: 'green', shape: 'ring' },
  asking: { fill: 'blue', shape: 'dot' },
  identifying: { fill: 'blue', shape: 'dot' },
  ripping: { fill: 'blue', shape: 'dot' },
  matching: { fill: 'blue', shape: 'dot' },
  organizing: { fill: 'blue', shape: 'dot' },
  reviewing: { fill: 'yellow', shape: 'dot' },
  waiting: { fill: 'grey', shape: 'dot' },
  inserted: { fill: 'green', shape: 'dot' },
  sure: { fill: 'green', shape: 'dot' },
  unsure: { fill: 'yellow', shape: 'dot' },
  title: { fill: 'green', shape: 'dot' },
  done: { fill: 'green', shape: 'dot' },
  matched: { fill: 'green', shape: 'dot' },
  asked: { fill: 'yellow', shape: 'dot' },
  answered: { fill: 'green', shape: 'dot' },
  'timed-out': { fill: 'yellow', shape: 'dot' },
  event: { fill: 'green', shape: 'dot' },
  'left-alone': { fill: 'grey', shape: 'dot' },
  failed: { fill: 'red', shape: 'dot' },
  error: { fill: 'red', shape: 'ring' },
} as const satisfies Record<string, NodeStatus>;

export type StatusWord = keyof typeof looks;

/** The catalogue that all nodes share is the station's. */
const CATALOGUE = '@discflow/node-red/discflow-station:status.';

/**
 * What a node shows below itself: why it cannot work, else what it is doing, else what it did last
 * and when. A connection that comes back never overwrites the last two. Nothing more after the node was
 * closed: after a deploy, another one with the same id shows its own.
 */
export class NodeStatusLine {
  readonly #node: Node;
  readonly #translate: NodeAPI['_'];
  readonly #signal: AbortSignal;
  #fault: StatusWord | null = null;
  #activity: NodeStatus | null = null;
  #last: NodeStatus | null = null;
  #shown = '';

  constructor({ node, RED, signal }: { node: Node; RED: NodeAPI; signal: AbortSignal }) {
    this.#node = node;
    this.#translate = RED._;
    this.#signal = signal;
  }

  connection(state: LinkState): void {
    this.fault(state === 'online' ? null : state);
  }

  fault(word: StatusWord | null): void {
    this.#fault = word;
    this.#show();
  }

  /** `detail` is short and needs no translation: "45 %". Null: nothing is going on any more. */
  activity(word: StatusWord | null, detail = ''): void {
    this.#activity = word === null ? null : this.#status(word, detail);
    this.#show();
  }

  last(word: StatusWord, at = new Date()): void {
    const clock = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    this.#last = this.#status(word, clock);
    this.#show();
  }

  #status(word: StatusWord, detail: string): NodeStatus {
    const text = this.#translate(CATALOGUE + word);
    return { ...looks[word], text: detail === '' ? text : `${text} ${detail}` };
  }

  #show(): void {
    const fault = this.#fault === null ? null : this.#status(this.#fault, '');
    const status = fault ?? this.#activity ?? this.#last ?? this.#status('ready', '');
    const shown = JSON.stringify(status);
    if (shown === this.#shown || this.#signal.aborted) return;
    this.#shown = shown;
    this.#node.status(status);
  }
}
