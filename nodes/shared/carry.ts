import { CARRY_LIMIT_BYTES, Carry } from '../../service/contract/request.ts';
import { NodeError } from './node-error.ts';

/** Set by the nodes on every message they send, or used up by the node that reads them. */
const OWN = new Set(['_msgid', 'payload', 'job', 'topic', 'set', 'answer', 'title', 'redelivered']);
/** The HTTP pair of an http-in node lives in memory only. */
const NEVER = new Set(['req', 'res']);
const DEEPEST = 100;

/**
 * The user's own properties of a message, as far as JSON can hold them; they come back with the
 * result, also after a restart. Throws `too-large` above 16 KB.
 */
export function carryOf(msg: object): Carry {
  const kept = Object.entries(msg).filter(
    ([key, value]) => !OWN.has(key) && !NEVER.has(key) && isJson(value, 0),
  );
  const text = JSON.stringify(Object.fromEntries(kept));
  const bytes = Buffer.byteLength(text);
  if (bytes > CARRY_LIMIT_BYTES) throw tooLarge(bytes, kept);
  return Carry.parse(JSON.parse(text));
}

function tooLarge(bytes: number, kept: [string, unknown][]): NodeError {
  const [largest] = kept
    .map(([key, value]) => ({ key, bytes: Buffer.byteLength(JSON.stringify(value)) }))
    .sort((a, b) => b.bytes - a.bytes);
  return new NodeError({
    code: 'too-large',
    message: `The message carries ${bytes} bytes beside its payload; at most ${CARRY_LIMIT_BYTES} can wait with a job. The largest property is msg.${largest?.key ?? ''}`,
    hint: 'Delete what the flow does not need after this node, or keep it in flow context under msg.job.',
  });
}

/** True for what survives JSON unchanged; a Buffer, a Date, a function or a cycle does not. */
function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}
