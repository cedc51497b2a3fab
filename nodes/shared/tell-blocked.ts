import type { StationLink } from './link.ts';

interface Options {
  link: StationLink;
  signal: AbortSignal;
  /** Whether a message of this job waits in the node. */
  isHere: (job: string) => boolean;
  warn: (text: string) => void;
}

/**
 * Says in the debug sidebar what a job is stuck at and what helps: the status has no room for it.
 * Once for each cause, because the service tries again and again. That it waits for its flow is no news there.
 */
export function tellBlocked({ link, signal, isHere, warn }: Options): void {
  const told = new Map<string, string>();
  const unwatch = link.watch({
    job: ({ id, disc, blocked }) => {
      if (blocked === null || blocked.code === 'flow' || !isHere(id)) return;
      if (told.get(id) === blocked.cause) return;
      told.set(id, blocked.cause);
      const isNamed = blocked.cause.startsWith(disc.label);
      warn(`${isNamed ? '' : `${disc.label} waits: `}${blocked.cause}. ${blocked.hint}`);
    },
    jobGone: (id) => {
      told.delete(id);
    },
  });
  signal.addEventListener('abort', unwatch, { once: true });
}
