import { DiscflowError } from '../errors.ts';

const MS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** "7d", "12h" or a date as an instant in ISO 8601. Throws `bad-request` for anything else. */
export function sinceWhen(text: string, now = Date.now()): string {
  const span = spanOf(text);
  const at = span === undefined ? dateOf(text) : now - span;
  const date = new Date(Math.max(0, at));
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new DiscflowError('bad-request', `"${text}" is no time`, {
    hint: 'Say how long ago (30m, 12h, 7d, 2w) or a date (2026-03-01).',
  });
}

/** "30m", "12h", "7d" or "2w" in milliseconds. Throws `bad-request` for anything else. */
export function durationOf(text: string): number {
  const span = spanOf(text);
  if (span !== undefined) return span;
  throw new DiscflowError('bad-request', `"${text}" is no span of time`, {
    hint: 'Say how long: 30m, 12h, 7d or 2w.',
  });
}

function spanOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,6})([mhdw])$/i.exec(text.trim()) ?? [];
  const ms = MS[unit.toLowerCase()];
  return ms === undefined ? undefined : Number(number) * ms;
}

/** A date alone is midnight here, not in Greenwich. */
function dateOf(text: string): number {
  const isDate = /^\d{4}-\d{2}-\d{2}([T ]|$)/.test(text);
  return isDate ? Date.parse(text.length === 10 ? `${text}T00:00` : text) : Number.NaN;
}
