import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../contract/problem.ts';
import { DiscflowError, toProblem } from '../../errors.ts';
import type { MediaFacts } from '../../scan/media-facts.ts';
import type { Drive, DriveListener, LoadedDisc } from '../drive.ts';
import { silent, unplugged, unreadable } from './drive-problems.ts';
import { EJECT_TIMINGS, type EjectTimings, ejectDisc } from './eject-disc.ts';
import { hardwareName } from './hardware-name.ts';
import { type OpticalContent, OpticalMemory } from './optical-memory.ts';
import type { DriveContent, DrivePlatform, DriveSighting } from './platform.ts';
import { isComplete, isSameDisc } from './same-disc.ts';

export interface OpticalTimings {
  /** A disc that has said all of itself counts when it has been quiet for so long. */
  readonly debounceMs: number;
  /** A disc without a label yet is taken in after this time. */
  readonly labelMs: number;
  /** A disc that the drive cannot make out is unreadable after this time. */
  readonly readableMs: number;
}

export interface OpticalOptions {
  readonly id: string;
  /** Null: as the drive calls itself. */
  readonly name: string | null;
  readonly platform: Pick<DrivePlatform, 'eject' | 'holders' | 'look'>;
  readonly timings: OpticalTimings;
  /** File of the drive's own memory. */
  readonly memory: string;
  /** The memory cannot be written, or (null) can be again: until then a restart takes the disc for a new one. */
  readonly forgetful: (problem: Problem | null) => void;
  readonly listener: DriveListener;
  readonly ejectTimings?: EjectTimings;
  /** As it was when it was found; nothing is told of it before it is `seen`. */
  readonly first?: DriveSighting;
  /** Milliseconds that never jump, unlike the time of a machine that has just learnt it. */
  readonly clock?: () => number;
}

/** Trays that close by themselves do so within some minutes; whoever closes one later means it. */
const BY_ITSELF_MS = 10 * 60_000;
/** For so long a drive's word that the disc is in holds: bad sectors come in crowds. */
const WORD_HOLDS_MS = 1000;

interface Disc extends LoadedDisc {
  readonly media: MediaFacts;
}

/**
 * One optical drive, whatever its number or port at the moment. It is told what was seen of it, in any number of
 * repeats, and tells of each disc once: when it came, and when it left.
 */
export class OpticalDrive implements Drive {
  readonly kind = 'optical';
  readonly queued = 0;
  readonly #options: OpticalOptions;
  readonly #memory: OpticalMemory;
  readonly #clock: () => number;
  #sighting: DriveSighting | null;
  #loaded: Disc | null = null;
  /** A disc that is in but has not been told of: since when, and since when it has said nothing new. */
  #arriving: { since: number; changedAt: number; content: DriveContent } | null = null;
  #leftAlone: Disc | null = null;
  #unreadable = false;
  #eject: { automatic: boolean; ended: Promise<void> } | null = null;
  /** Said by a command: the next disc is wanted, also when it was here before. */
  #wanted = false;
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #told: unknown = null;
  readonly #stopping = new AbortController();
  /** What was seen is taken in one after the other: each may have to be remembered on disk. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OpticalOptions) {
    this.#options = options;
    this.#memory = new OpticalMemory(options.memory);
    this.#clock = options.clock ?? (() => performance.now());
    this.#sighting = options.first ?? null;
  }

  get id(): string {
    return this.#options.id;
  }

  get name(): string {
    const { name, id } = this.#options;
    return name ?? ((this.#sighting && hardwareName(this.#sighting.hardware)) || id);
  }

  get location(): string {
    return this.#sighting?.device ?? 'not plugged in';
  }

  get available(): boolean {
    return this.#sighting !== null;
  }

  get sighting(): DriveSighting | null {
    return this.#sighting;
  }

  get disc(): LoadedDisc | null {
    return this.#loaded;
  }

  get loading(): boolean {
    return this.#arriving !== null && !this.#unreadable;
  }

  get tray(): Drive['tray'] {
    if (this.#eject) return 'ejecting';
    return this.#sighting?.content.state === 'open' ? 'open' : null;
  }

  get leftAlone(): string | null {
    return this.#leftAlone?.label ?? null;
  }

  get problem(): Problem | null {
    if (this.#sighting === null) return unplugged(this.name);
    const { problem, content, device } = this.#sighting;
    if (problem || !this.#unreadable) return problem;
    return content.state === 'unknown' ? silent(device) : unreadable(device);
  }

  async start(): Promise<void> {
    await this.#memory.open();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#eject?.ended.catch(() => undefined);
    await this.#turn;
  }

  /** Takes in what was seen; resolves when it has been told. The same again does nothing. */
  seen(sighting: DriveSighting): Promise<void> {
    return this.#inTurn(async () => {
      this.#sighting = sighting;
      await this.#take(sighting.content);
      this.#tell();
    });
  }

  /** It was unplugged. */
  gone(): Promise<void> {
    return this.#inTurn(async () => {
      this.#sighting = null;
      await this.#emptied();
      this.#tell();
    });
  }

  /** Opens an empty drive, too. Asked for without a source, by a person, the disc may come back at once. */
  async eject(source?: string): Promise<void> {
    if (source !== undefined && this.#loaded?.source !== source) return;
    if (this.#eject) return this.#eject.ended;
    const automatic = source !== undefined;
    const ended = this.#open(automatic).finally(() => {
      this.#eject = null;
      this.#tell();
    });
    this.#eject = { automatic, ended };
    this.#tell();
    return ended;
  }

  async look(): Promise<void> {
    const drive = this.#pluggedIn();
    const sighting = await this.#options.platform.look(drive.name);
    if (sighting === null) return this.gone();
    this.#wanted = true;
    this.#leftAlone = null;
    await this.seen(sighting);
    const isSilent = sighting.content.state === 'unknown' && this.#loaded === null;
    if (isSilent) await this.#inTurn(() => this.#insert(NOTHING_TOLD));
    this.#tell();
  }

  async isStillIn(source: string): Promise<boolean> {
    const disc = this.#loaded;
    if (disc?.source !== source || this.#sighting === null) return false;
    if (this.#clock() - this.#confirmedAt < WORD_HOLDS_MS) return true;
    const sighting = await this.#options.platform.look(this.#sighting.name);
    await (sighting ? this.seen(sighting) : this.gone());
    this.#confirmedAt = this.#clock();
    return this.#loaded !== null && isSameDisc(this.#loaded.media, disc.media);
  }

  async #open(automatic: boolean): Promise<void> {
    const drive = this.#pluggedIn();
    if (!automatic) this.#wanted = true;
    const { signal } = this.#stopping;
    if (this.#isOut()) return this.#options.platform.eject(drive, { force: false, signal });
    const disc = this.#loaded ?? this.#leftAlone;
    await ejectDisc({
      platform: this.#options.platform,
      drive,
      isOut: () => this.#isOut() || this.#hasLeft(disc),
      seen: (sighting) => this.seen(sighting),
      signal,
      timings: this.#options.ejectTimings ?? EJECT_TIMINGS,
    });
    await this.#turn;
  }

  #pluggedIn(): DriveSighting {
    if (this.#sighting) return this.#sighting;
    const { code, message, hint } = unplugged(this.name);
    throw new DiscflowError(code, message, { hint });
  }

  #isOut(): boolean {
    const state = this.#sighting?.content.state;
    return state === undefined || state === 'empty' || state === 'open';
  }

  /** Somebody can lay the next disc in before the system has said that the tray was open. */
  #hasLeft(disc: Disc | null): boolean {
    const now = this.#loaded ?? this.#leftAlone;
    return disc !== null && (now === null || !isSameDisc(now.media, disc.media));
  }

  async #take(content: DriveContent): Promise<void> {
    switch (content.state) {
      case 'empty':
      case 'open':
        return this.#emptied();
      case 'loading':
      case 'unknown':
        // A drive that makes its disc out anew, or does not answer while it is read, has not lost it.
        if (this.#loaded === null) this.#awaitMore(content, this.#options.timings.readableMs);
        return;
      case 'loaded':
        return this.#holds(content, content.media);
    }
  }

  async #emptied(): Promise<void> {
    this.#arrived();
    this.#unreadable = false;
    if (this.#leftAlone && !this.#eject) this.#wanted = true;
    this.#leftAlone = null;
    // Nobody was told of a disc that stayed in over a restart, but its job waits for it.
    const disc = this.#loaded ?? this.#memory.content.loaded;
    if (disc === null) return;
    this.#loaded = null;
    const letOut = this.#eject?.automatic ? { media: disc.media, at: Date.now() } : null;
    this.#options.listener.removed(disc, this.#eject ? 'eject' : 'person');
    await this.#remember({ loaded: null, letOut });
  }

  async #holds(content: DriveContent, media: MediaFacts): Promise<void> {
    this.#unreadable = false;
    if (this.#loaded && !isSameDisc(this.#loaded.media, media)) await this.#emptied();
    if (this.#leftAlone && !isSameDisc(this.#leftAlone.media, media)) this.#leftAlone = null;
    if (this.#loaded || this.#leftAlone) return this.#refine(media);
    const before = this.#memory.content.loaded;
    const { debounceMs, labelMs } = this.#options.timings;
    const isKnown = before !== null && isComplete(media) && isSameDisc(before.media, media);
    if (isKnown) return this.#insert(media);
    const arriving = this.#awaitMore(content, isComplete(media) ? debounceMs : labelMs);
    const quiet = this.#clock() - (isComplete(media) ? arriving.changedAt : arriving.since);
    if (quiet >= (isComplete(media) ? debounceMs : labelMs)) await this.#insert(media);
  }

  /** What came late of a disc that has been told of belongs to it. */
  #refine(media: MediaFacts): void {
    const disc = this.#loaded ?? this.#leftAlone;
    if (!disc || isDeepStrictEqual(disc.media, media) || !isComplete(media)) return;
    const refined = { ...disc, media, label: media.label ?? disc.label };
    if (this.#loaded) this.#loaded = refined;
    else this.#leftAlone = refined;
  }

  async #insert(media: MediaFacts): Promise<void> {
    const source = this.#sighting?.device ?? '';
    const disc: Disc = { source, label: media.label ?? '', media };
    this.#arrived();
    if (this.#cameByItself(media)) {
      this.#leftAlone = disc;
      return;
    }
    this.#wanted = false;
    const before = this.#memory.content.loaded;
    if (before && !isSameDisc(before.media, media))
      this.#options.listener.removed(before, 'person');
    this.#loaded = disc;
    this.#confirmedAt = this.#clock();
    this.#options.listener.inserted(disc);
    await this.#remember({ loaded: disc, letOut: null });
  }

  /** A full disk must not keep a disc from being taken in. */
  async #remember(change: Partial<OpticalContent>): Promise<void> {
    const problem = await this.#memory.save(change).then(() => null, toProblem);
    this.#options.forgetful(problem);
  }

  /** The disc that a job let out last is back, and nobody did anything for it: the tray closed by itself. */
  #cameByItself(media: MediaFacts): boolean {
    const { letOut } = this.#memory.content;
    if (letOut === null || this.#wanted || !isSameDisc(letOut.media, media)) return false;
    return Math.abs(Date.now() - letOut.at) < BY_ITSELF_MS;
  }

  #awaitMore(content: DriveContent, ms: number) {
    const now = this.#clock();
    const { since = now, changedAt = now } = this.#arriving ?? {};
    const isSame = isDeepStrictEqual(this.#arriving?.content, content);
    const arriving = { since, changedAt: isSame ? changedAt : now, content };
    this.#arriving = arriving;
    const from =
      content.state === 'loaded' && isComplete(content.media) ? arriving.changedAt : since;
    clearTimeout(this.#timer);
    const due = () => void this.#inTurn(() => this.#settle());
    if (!this.#stopping.signal.aborted) this.#timer = setTimeout(due, Math.max(0, from + ms - now));
    return arriving;
  }

  async #settle(): Promise<void> {
    const content = this.#sighting?.content;
    if (this.#arriving === null || !content) return;
    if (content.state === 'loaded') await this.#holds(content, content.media);
    else this.#unreadable = true;
    this.#tell();
  }

  #arrived(): void {
    this.#arriving = null;
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const { name, location, available, loading, tray, leftAlone, problem } = this;
    const now = { name, location, available, loading, tray, leftAlone, problem };
    if (isDeepStrictEqual(now, this.#told)) return;
    this.#told = now;
    this.#options.listener.changed();
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(action);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** Of a disc that only a person tells of. */
const NOTHING_TOLD: MediaFacts = {
  type: 'unknown',
  blank: false,
  audioTracks: null,
  dataTracks: null,
  bytes: null,
  label: null,
  fileSystem: null,
  uuid: null,
};
