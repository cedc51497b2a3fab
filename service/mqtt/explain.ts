import type { z } from 'zod';

const MOST_ISSUES = 4;

/** What is wrong with a body in words for the person who wrote it: which field, what was expected. */
export function explain(error: z.ZodError, body: unknown): string {
  const words = error.issues.map((issue) => explainIssue(issue, body, []));
  const more = words.length > MOST_ISSUES ? ` (and ${words.length - MOST_ISSUES} more)` : '';
  return words.slice(0, MOST_ISSUES).join('; ') + more;
}

type Issue = z.core.$ZodIssue;
type Path = PropertyKey[];

function explainIssue(issue: Issue, body: unknown, above: Path): string {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return `${fieldName(path)} does not know ${issue.keys.map((key) => quote(key)).join(', ')}`;
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return explainUnion(issue.errors, body, path);
  if (valueAt(body, path) === undefined) return `${fieldName(path)} is missing`;
  return `${fieldName(path)}: ${issue.message.replace(/^Invalid input: /, '')}`;
}

/** Each variant says what it lacks; a variant whose type does not fit at all says so once. */
function explainUnion(variants: Issue[][], body: unknown, path: Path): string {
  const reasons = variants.flatMap(([first]) =>
    first === undefined ? [] : [explainIssue(first, body, path)],
  );
  return [...new Set(reasons)].join(', or ');
}

function fieldName(path: Path): string {
  return path.length === 0 ? 'the body' : quote(path.map(String).join('.'));
}

/** Field names come from the sender: no length, no control characters can be trusted. */
function quote(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}

function valueAt(body: unknown, path: Path): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
