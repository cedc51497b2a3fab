import { connectAsync, type MqttClient } from 'mqtt';
import { ulid } from 'ulid';
import type { JobEvent } from '../../service/contract/event.ts';
import type { HandoffOutcome, HandoffStep, JobSnapshot } from '../../service/contract/job.ts';
import type { ProblemCode } from '../../service/contract/problem.ts';
import {
  type Carry,
  type Operation,
  type OperationBody,
  operations,
} from '../../service/contract/request.ts';
import { topicsOf } from '../../service/contract/topics.ts';
import { snapshot } from './snapshots.ts';

interface Request {
  op: Operation;
  body: Record<string, unknown>;
}

/** What a step gives: one outcome, or several for "each title"; never = it goes on until `hand`. */
type Outcomes = Partial<Record<HandoffStep, HandoffOutcome | 'never'>>;

/** An answer that is an error, as the service gives it. */
class Refusal extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode) {
    super(`refused: ${code}`);
    this.code = code;
  }
}

/**
 * The least that speaks the contract: it keeps jobs in memory, gives every step that is asked for
 * the outcome of a table, and writes down what it was asked. It parses every body with the contract.
 */
export class MiniStation {
  readonly topics = topicsOf('test/discflow', 'main');
  readonly jobs = new Map<string, JobSnapshot>();
  readonly requests: Request[] = [];
  outcomes: Outcomes = {};
  refusesClaims = false;
  readonly #carries = new Map<string, Carry>();
  readonly #taken = new Set<string>();
  readonly #transactions = new Map<string, string>();
  readonly #url: string;
  #client: MqttClient | null = null;
  #seq = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async start(): Promise<void> {
    const client = await connectAsync(this.#url, { reconnectPeriod: 100 });
    this.#client = client;
    client.on('message', (topic, payload) => void this.#receive(topic, payload));
    client.on('connect', () => void this.#begin());
    await this.#begin();
  }

  async stop(): Promise<void> {
    if (this.#client?.connected) await this.publish(this.topics.status, 'offline');
    await this.#client?.endAsync(true);
    this.#client = null;
  }

  async publish(topic: string, payload: string, retain = true): Promise<void> {
    await this.#client?.publishAsync(topic, payload, { qos: 1, retain });
  }

  /** A disc comes in. */
  async insert(changes: Partial<JobSnapshot> = {}): Promise<JobSnapshot> {
    const job = snapshot(changes);
    this.jobs.set(job.id, job);
    await this.change(job.id, {});
    await this.event({ event_type: 'job-created', job: job.id, from: null, to: 'idle' });
    return job;
  }

  async change(id: string, changes: Partial<JobSnapshot>): Promise<void> {
    const job = this.#job(id);
    const next = { ...job, ...changes, rev: job.rev + 1 };
    this.jobs.set(id, next);
    await this.publish(this.topics.jobState(id), JSON.stringify(next));
  }

  async event(changes: Partial<JobEvent>): Promise<JobEvent> {
    this.#seq += 1;
    const event: JobEvent = {
      v: 1,
      event_type: 'job-state',
      seq: this.#seq,
      id: ulid(),
      at: new Date().toISOString(),
      drive: 'images',
      job: ulid(),
      rev: 1,
      attempt: 1,
      from: 'idle',
      to: 'identifying',
      ...changes,
    };
    await this.publish(this.topics.driveEvent(event.drive), JSON.stringify(event), false);
    return event;
  }

  /** A result for a node, as the service makes one when a step has ended. */
  async hand(result: {
    job: string;
    node: string;
    step: HandoffStep;
    outcome: HandoffOutcome;
    carry?: Carry;
    title?: string;
  }): Promise<string> {
    const { job, node, step, outcome, carry = {}, title = null } = result;
    const at = new Date().toISOString();
    const handoff = { id: ulid(), node, step, attempt: 1, title, outcome, at };
    this.#carries.set(handoff.id, carry);
    await this.change(job, { handoffs: [...this.#job(job).handoffs, handoff] });
    return handoff.id;
  }

  /** The bodies of all requests of one operation. */
  asked<Op extends Operation>(op: Op): Record<string, unknown>[] {
    return this.requests.filter((request) => request.op === op).map(({ body }) => body);
  }

  async #begin(): Promise<void> {
    await this.#client?.subscribeAsync(this.topics.requests, { qos: 1 });
    await this.publish(this.topics.status, 'online');
    for (const id of this.jobs.keys()) await this.change(id, {});
  }

  async #receive(topic: string, payload: Buffer): Promise<void> {
    const op = topic.slice(`${this.topics.root}/request/`.length) as Operation;
    const { transaction, v: _v, ...body } = JSON.parse(payload.toString('utf8'));
    const answered = this.#transactions.get(transaction);
    const answer =
      answered ?? JSON.stringify({ v: 1, transaction, ...(await this.#answer(op, body)) });
    this.#transactions.set(transaction, answer);
    await this.publish(this.topics.response(op), answer, false).catch(() => undefined);
  }

  async #answer(op: Operation, body: Record<string, unknown>): Promise<object> {
    try {
      const parsed = operations[op].body.parse(body);
      this.requests.push({ op, body: parsed });
      return { status: 'ok', data: await this.#handlers[op](parsed as never) };
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'bad-request';
      return {
        status: 'error',
        error: { code, message: String(error), hint: 'Try it otherwise.' },
      };
    }
  }

  readonly #handlers: { [Op in Operation]: (body: OperationBody<Op>) => Promise<object> } = {
    'job/get': async ({ job }) => ({ job: this.#job(job) }),
    'job/list': async () => ({ jobs: [] }),
    'job/claim': async ({ job, node, carry }) => {
      if (this.refusesClaims || this.#job(job).mode === 'flow')
        throw new Refusal('not-possible-now');
      await this.change(job, { mode: 'flow' });
      await this.hand({ job, node, step: 'insert', outcome: 'inserted', ...(carry && { carry }) });
      return { job: this.#job(job) };
    },
    'job/step': async ({ job, step, node, carry, each }) => {
      this.#job(job);
      const outcome = this.outcomes[step] ?? usual[step];
      const ask = { job, node: node ?? '', step, ...(carry && { carry }) };
      if (each) await this.hand({ ...ask, outcome: 'title', title: 't01' });
      if (outcome !== 'never') await this.hand({ ...ask, outcome });
      return { job: this.#job(job) };
    },
    'job/update': async ({ job }) => ({ job: this.#job(job) }),
    'job/cancel': async ({ job }) => ({ job: this.#job(job) }),
    'job/retry': async ({ job }) => ({ job: this.#job(job) }),
    'job/undo': async ({ job }) => ({ job: this.#job(job) }),
    'job/amend': async ({ job }) => ({ job: this.#job(job) }),
    'job/rematch': async ({ job }) => ({
      job: this.#job(job),
      result: 'unchanged',
      titles: [],
      says: 'Nothing changed',
    }),
    'job/explain': async () => ({ findings: null }),
    'review/answer': async ({ review, rev, answer, by = '' }) => {
      const job = [...this.jobs.values()].find(({ questions }) =>
        questions.some((one) => one.id === review && one.rev === rev),
      );
      if (job === undefined) throw new Refusal('stale-revision');
      const answered = { at: new Date().toISOString(), by, answer };
      // What one answer says may change the candidates of the other questions.
      const questions = job.questions.map((one) =>
        one.id === review ? { ...one, answered } : { ...one, rev: one.rev + 1 },
      );
      await this.change(job.id, { questions });
      return { job: this.#job(job.id) };
    },
    'drive/arm': async () => ({ armed: [] }),
    'handoff/take': async ({ job, handoff: id }) => {
      const handoff = this.#job(job).handoffs.find((one) => one.id === id);
      if (handoff === undefined) throw new Refusal('unknown-handoff');
      const redelivered = this.#taken.has(id);
      this.#taken.add(id);
      return { handoff, carry: this.#carries.get(id) ?? {}, redelivered, job: this.#job(job) };
    },
    'handoff/acknowledge': async ({ job, handoff }) => {
      const handoffs = this.#job(job).handoffs.filter(({ id }) => id !== handoff);
      await this.change(job, { handoffs });
      return {};
    },
    'drive/eject': async () => ({}),
    'drive/look': async () => ({}),
    'history/query': async () => ({ jobs: [] }),
  };

  #job(id: string): JobSnapshot {
    const job = this.jobs.get(id);
    if (job === undefined) throw new Refusal('unknown-job');
    return job;
  }
}

const usual: Record<HandoffStep, HandoffOutcome> = {
  insert: 'inserted',
  identify: 'sure',
  rip: 'done',
  match: 'done',
  review: 'answered',
  organize: 'done',
};

/** Resolves when the check no longer throws; it is tried again and again for at most two seconds. */
export async function eventually(check: () => void, limit = 2000): Promise<void> {
  const until = Date.now() + limit;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
