import type { Topics } from '../contract/topics.ts';

const LONGEST_TOPIC = 200;

/**
 * Whether an answer may go where an MQTT 5 client wants it. Whoever may send requests must not be
 * able to make the service speak on a state or request topic, its own or another station's.
 */
export function isSafeResponseTopic(topic: string, { root }: Pick<Topics, 'root'>): boolean {
  if (topic.length === 0 || topic.length > LONGEST_TOPIC) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
  if (/[+#\u0000-\u001f\u007f]/.test(topic) || topic.startsWith('$')) return false;
  const base = root.slice(0, root.lastIndexOf('/') + 1);
  return !topic.startsWith(base) || topic.startsWith(`${root}/response/`);
}
