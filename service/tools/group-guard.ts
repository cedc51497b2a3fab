/** A tool that was asked to end is killed after this time, unless it is known to need longer. */
const KILL_AFTER_MS = 2000;

/** Why we stopped a tool ourselves. */
export type StopReason = 'cancelled' | 'stalled' | 'timeout';

interface Limits {
  signal?: AbortSignal;
  stallAfter?: number;
  timeout?: number;
  killAfter?: number;
}

export interface GroupGuard {
  /** The tool has shown a sign of life. */
  alive: () => void;
  reason: () => StopReason | undefined;
  /** The tool has ended; whatever it left behind after a stop is killed. */
  end: () => void;
}

/** Stops a process group, first politely, when it is cancelled, stuck or out of time. */
export function createGroupGuard(pid: number | undefined, limits: Limits): GroupGuard {
  let reason: StopReason | undefined;
  const timers = new Set<NodeJS.Timeout>();
  const after = (delay: number | undefined, act: () => void) => {
    if (delay === undefined) return undefined;
    const timer = setTimeout(act, delay);
    timers.add(timer);
    return timer;
  };
  const stop = (why: StopReason) => {
    if (reason) return;
    reason = why;
    signalGroup(pid, 'SIGTERM');
    after(limits.killAfter ?? KILL_AFTER_MS, () => signalGroup(pid, 'SIGKILL'));
  };
  const cancel = () => stop('cancelled');
  limits.signal?.addEventListener('abort', cancel, { once: true });
  after(limits.timeout, () => stop('timeout'));
  const stall = after(limits.stallAfter, () => stop('stalled'));
  return {
    alive: () => {
      stall?.refresh();
    },
    reason: () => reason,
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      limits.signal?.removeEventListener('abort', cancel);
      if (reason) signalGroup(pid, 'SIGKILL');
    },
  };
}

/**
 * Signals every process of a group; one that is gone already is what we wanted. Windows knows no groups and no
 * signals: there the tool alone is ended.
 */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // ESRCH: nobody is left in the group.
  }
}
