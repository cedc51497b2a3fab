import { JobEvent } from '../../service/contract/event.ts';
import { JobSnapshot } from '../../service/contract/job.ts';
import { DriveState, Presence, StationInfo } from '../../service/contract/station.ts';
import type { Topics } from '../../service/contract/topics.ts';
import { RecentEvents } from './recent-events.ts';

/** `away`: the broker is there, the station's service is not. */
export type LinkState = 'connecting' | 'online' | 'away' | 'disconnected' | 'refused';

/** What a node wants to hear; retained values are told again to everyone who begins to watch. */
export interface Watcher {
  state?: (state: LinkState) => void;
  job?: (job: JobSnapshot) => void;
  jobGone?: (id: string) => void;
  drive?: (id: string, state: DriveState) => void;
  event?: (event: JobEvent) => void;
}

const LARGEST_PAYLOAD_BYTES = 1024 * 1024;

/** What a station says, parsed and passed on to every node that watches. */
export class StationFeed {
  readonly #topics: Topics;
  readonly #warn: (text: string) => void;
  readonly #watchers = new Set<Watcher>();
  readonly #jobs = new Map<string, JobSnapshot>();
  readonly #drives = new Map<string, DriveState>();
  readonly #events = new RecentEvents();
  readonly #warned = new Set<string>();
  #state: LinkState = 'connecting';
  #info: StationInfo | null = null;

  constructor({ topics, warn }: { topics: Topics; warn: (text: string) => void }) {
    this.#topics = topics;
    this.#warn = warn;
  }

  get state(): LinkState {
    return this.#state;
  }

  get info(): StationInfo | null {
    return this.#info;
  }

  /** The jobs that the broker holds now. */
  get jobs(): JobSnapshot[] {
    return [...this.#jobs.values()];
  }

  /** What to subscribe to. */
  get filters(): string[] {
    const { root, status, info, jobStates, driveEvents } = this.#topics;
    return [status, info, jobStates, `${root}/drive/+/state`, driveEvents];
  }

  /** The returned function ends it. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    this.#tell(watcher, (one) => one.state?.(this.#state));
    for (const [id, drive] of this.#drives) this.#tell(watcher, (one) => one.drive?.(id, drive));
    for (const job of this.#jobs.values()) this.#tell(watcher, (one) => one.job?.(job));
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /** True when it is another one than before. */
  change(state: LinkState): boolean {
    if (state === this.#state) return false;
    this.#state = state;
    this.#tellAll((watcher) => watcher.state?.(state));
    return true;
  }

  /** Retained values come again after every connect: what was removed meanwhile must not stay. */
  clear(): void {
    this.#jobs.clear();
    this.#drives.clear();
  }

  stop(): void {
    this.#watchers.clear();
  }

  receive(topic: string, payload: Buffer): void {
    const { root, status, info } = this.#topics;
    const [kind, id = '', leaf] = topic.slice(root.length + 1).split('/');
    if (topic === status) this.#presence(payload);
    else if (topic === info) this.#info = this.#parse(StationInfo, payload, 'info');
    else if (kind === 'job' && leaf === 'state') this.#job(id, payload);
    else if (kind === 'drive' && leaf === 'state') this.#drive(id, payload);
    else if (kind === 'drive' && leaf === 'event') this.#event(payload);
  }

  #presence(payload: Buffer): void {
    const presence = Presence.safeParse(payload.toString('utf8')).data;
    this.change(presence === 'online' ? 'online' : 'away');
  }

  #job(id: string, payload: Buffer): void {
    if (payload.length === 0) {
      this.#jobs.delete(id);
      this.#tellAll((watcher) => watcher.jobGone?.(id));
      return;
    }
    const job = this.#parse(JobSnapshot, payload, 'job');
    if (job === null || job.id !== id) return;
    this.#jobs.set(id, job);
    this.#tellAll((watcher) => watcher.job?.(job));
  }

  #drive(id: string, payload: Buffer): void {
    const drive = this.#parse(DriveState, payload, 'drive');
    if (drive === null) return;
    this.#drives.set(id, drive);
    this.#tellAll((watcher) => watcher.drive?.(id, drive));
  }

  #event(payload: Buffer): void {
    const event = this.#parse(JobEvent, payload, 'event');
    if (event === null || this.#events.isRepeat(event)) return;
    this.#tellAll((watcher) => watcher.event?.(event));
  }

  #parse<T>(schema: Schema<T>, payload: Buffer, kind: string): T | null {
    const json = payload.length > LARGEST_PAYLOAD_BYTES ? undefined : parseJson(payload);
    const parsed = schema.safeParse(json).data;
    if (parsed === undefined)
      this.#warnOnce(kind, `a ${kind} message on ${this.#topics.root} is not understood: ignored`);
    return parsed ?? null;
  }

  #warnOnce(kind: string, text: string): void {
    if (this.#warned.has(kind)) return;
    this.#warned.add(kind);
    this.#warn(text);
  }

  #tellAll(call: (watcher: Watcher) => void): void {
    for (const watcher of [...this.#watchers]) this.#tell(watcher, call);
  }

  /** An exception that escapes a callback would end the whole Node-RED process. */
  #tell(watcher: Watcher, call: (watcher: Watcher) => void): void {
    try {
      call(watcher);
    } catch (error) {
      this.#warnOnce('fault', `unexpected fault in a node: ${error}`);
    }
  }
}

interface Schema<T> {
  safeParse: (value: unknown) => { data?: T };
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}
