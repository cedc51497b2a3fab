import type { Title } from '../contract/title.ts';

/** What somebody said, and what is filed already, automation leaves alone. */
export function isOpen({ match, state, wanted }: Title): boolean {
  const stated = match && match.decidedBy !== 'evidence' && match.decidedBy !== 'policy';
  return wanted && !stated && state !== 'completed';
}
