import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { toProblem } from '../../../errors.ts';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { DriveSighting, DriveWatcher } from '../platform.ts';
import type { LinuxSystem } from './linux-system.ts';
import type { KernelDrive } from './sysfs.ts';
import type { UdevEvent } from './udev-events.ts';
import { startUdevMonitor } from './udev-monitor.ts';
import { answered, contentOf, isOpticalDrive, type UdevProperties } from './udev-properties.ts';

interface Options {
  readonly system: LinuxSystem;
  readonly watcher: DriveWatcher;
  readonly pollMs: number;
  readonly find: ToolFinder['find'];
  readonly run: RunTool;
}

/** A drive is not asked more often than this: where udev is silent, and after an answer that nothing contradicts. */
const ASK_EVERY_MS = 5000;
/** Udev needs some seconds to say what the kernel knows already; only a contradiction that lasts is one. */
const DOUBT_MS = 10_000;

/** What was last known of a drive. */
interface Known {
  drive: KernelDrive;
  record: UdevProperties | null;
  told: DriveSighting | null;
  /** The drive's own answer, and when it was given. */
  answer: UdevProperties | null;
  askedAt: number;
  /** Since when udev's data cannot be trusted; null: it can. */
  doubtedAt: number | null;
}

/**
 * Watches drives by udev's events, and besides by a look at udev's data and the kernel's every two seconds: that
 * costs next to nothing, and it is all there is in most containers. Everything is told in order.
 */
export async function createLinuxWatch(options: Options): Promise<{ stop(): Promise<void> }> {
  const { system, watcher, pollMs, find, run } = options;
  const ending = new AbortController();
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<void>>();
  let monitor: ReturnType<typeof startUdevMonitor> | undefined;
  let turn: Promise<void> = Promise.resolve();

  await inTurn(look);
  const polling = poll();
  return { stop };

  async function stop(): Promise<void> {
    ending.abort();
    await monitor?.stop();
    await polling;
    await Promise.all(asking.values());
    await turn;
  }

  async function poll(): Promise<void> {
    while (!ending.signal.aborted) {
      await sleep(pollMs, undefined, { signal: ending.signal }).catch(() => undefined);
      await inTurn(look);
    }
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(async () => {
      if (ending.signal.aborted) return;
      await work().catch((error: unknown) => watcher.troubled(toProblem(error)));
    });
    return turn;
  }

  async function look(): Promise<void> {
    const drives = await system.kernelDrives();
    const names = new Set(drives.map(({ name }) => name));
    for (const name of known.keys()) if (!names.has(name)) forget(name);
    for (const drive of drives) await see(drive, await system.record(drive));
    // Whoever has no drive needs no program that waits for one.
    if (drives.length > 0) monitor ??= listen();
  }

  function listen(): ReturnType<typeof startUdevMonitor> {
    return startUdevMonitor({
      path: async () => (await find('udevadm'))?.path ?? null,
      run,
      told: (event) => void inTurn(() => take(event)),
      // What happened while nobody listened is in udev's data.
      state: () => void inTurn(look),
    });
  }

  async function take({ action, name, properties }: UdevEvent): Promise<void> {
    if (action === 'remove') return forget(name);
    if (!isOpticalDrive(properties)) return;
    const drive = await system.kernelDrive(name);
    if (drive) await see(drive, properties);
  }

  function forget(name: string): void {
    if (known.delete(name)) watcher.gone(name);
  }

  async function see(drive: KernelDrive, record: UdevProperties | null): Promise<void> {
    const before = known.get(drive.name);
    const now: Known = {
      drive,
      record,
      told: before?.told ?? null,
      answer: before?.answer ?? null,
      askedAt: before?.askedAt ?? Number.NEGATIVE_INFINITY,
      doubtedAt: null,
    };
    known.set(drive.name, now);
    if (!isDoubtful(now, before)) now.answer = null;
    else {
      now.doubtedAt = before?.doubtedAt ?? performance.now();
      if (mustAsk(now, before)) asking.set(drive.name, ask(drive));
    }
    await tell(now);
  }

  async function tell(state: Known): Promise<void> {
    const sighting = await system.sighting(state.drive, state.answer ?? state.record);
    if (isDeepStrictEqual(sighting, state.told)) return;
    state.told = sighting;
    watcher.seen(sighting);
  }

  /** A drive that is being read holds a disc, and is left in peace. */
  function mustAsk(now: Known, before: Known | undefined): boolean {
    const isRead = before !== undefined && before.drive.activity !== now.drive.activity;
    const isKnownLoaded = now.answer?.get('ID_CDROM_MEDIA') === '1';
    const since = performance.now() - (now.doubtedAt ?? 0);
    const isDue = performance.now() - now.askedAt >= ASK_EVERY_MS;
    if (now.record !== null && since < DOUBT_MS) return false;
    return isDue && !asking.has(now.drive.name) && !(isRead && isKnownLoaded);
  }

  /** Beside the turns of the others: a drive that does not answer must not hold them up. */
  async function ask(drive: KernelDrive): Promise<void> {
    const answer = await system.ask(drive, ending.signal).catch(() => null);
    asking.delete(drive.name);
    await inTurn(async () => {
      const state = known.get(drive.name);
      if (!state || state.drive.deviceNumber !== drive.deviceNumber) return;
      state.askedAt = performance.now();
      if (answer && state.doubtedAt !== null) state.answer = answered(answer, state.record);
      await tell(state);
    });
  }
}

/** Whether udev is silent, or its data and the kernel's cannot both be true: one of them is frozen then. */
function isDoubtful({ drive, record }: Known, before: Known | undefined): boolean {
  if (record === null) return true;
  const content = contentOf(record, drive.bytes);
  if (content.state === 'loaded') {
    const { blank, audioTracks } = content.media;
    return drive.bytes === null && !blank && !audioTracks;
  }
  if (!before?.record || !isDeepStrictEqual(before.record, record)) return false;
  return before.doubtedAt !== null || (drive.bytes !== null && drive.bytes !== before.drive.bytes);
}
