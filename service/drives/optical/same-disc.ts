import type { MediaFacts } from '../../scan/media-facts.ts';

/** Facts that another disc would very likely have otherwise. */
const TELLING = [
  'type',
  'blank',
  'audioTracks',
  'dataTracks',
  'uuid',
  'label',
  'fileSystem',
] as const;

/**
 * Whether two reports are of one disc. What one of them does not tell (yet) speaks for nothing; the size only counts
 * where there is no file system with an identity of its own, since the kernel measures it late.
 */
export function isSameDisc(a: MediaFacts, b: MediaFacts): boolean {
  const agree = (key: keyof MediaFacts) => !isTold(a, key) || !isTold(b, key) || a[key] === b[key];
  const hasIdentity = a.uuid !== null || b.uuid !== null;
  return TELLING.every(agree) && (hasIdentity || agree('bytes'));
}

function isTold(facts: MediaFacts, key: keyof MediaFacts): boolean {
  return facts[key] !== null && facts[key] !== 'unknown';
}

/** Whether nothing more is to come: discs without files have no label to wait for. */
export function isComplete({ blank, audioTracks, dataTracks, fileSystem }: MediaFacts): boolean {
  return blank || fileSystem !== null || ((audioTracks ?? 0) > 0 && !dataTracks);
}
