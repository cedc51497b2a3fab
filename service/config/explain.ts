import { type Document, isMap, isNode, isScalar, type LineCounter, type Node } from 'yaml';
import type { z } from 'zod';
import type { Override } from './environment.ts';
import { allKeys } from './keys.ts';
import { suggestion } from './nearest-key.ts';
import { oneOf } from './value-words.ts';

type Issue = z.core.$ZodIssue;

/** Where the checked values came from. */
export interface Origin {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly overrides: readonly Override[];
  readonly values: unknown;
}

/** Each problem that the schema found as a sentence with key, place and what was expected. */
export function explain(issues: readonly Issue[], origin: Origin): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(key, issue.path, origin))
      : [wrongValue(issue, origin)],
  );
}

function unknownKey(key: string, at: readonly PropertyKey[], origin: Origin): string {
  const path = [...at, key];
  const place = at.filter((part) => typeof part === 'string');
  return `${lineOf(path, origin)}there is no key ${shown(path)}; ${suggestion(key, place)}`;
}

function wrongValue(issue: Issue, origin: Origin): string {
  const override = origin.overrides.find(({ path }) => path.join() === issue.path.join());
  const where = override ? `${override.variable}: ` : lineOf(issue.path, origin);
  return `${where}${shown(issue.path)} ${expectation(issue, valueAt(issue.path, origin.values))}`;
}

function expectation(issue: Issue, value: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (value === undefined) return 'is missing';
  const found = isSecret(issue.path) ? '' : `, found ${JSON.stringify(value)?.slice(0, 80)}`;
  return `${expected(issue)}${found}`;
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeWords[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return issue.message.startsWith('expected')
        ? `is wrong: ${issue.message}`
        : `must be ${oneOf(issue.values.map(String))}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${lengthWords(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${lengthWords(issue.origin)}`;
    default:
      return `is wrong: ${issue.message}`;
  }
}

const typeWords: Record<string, string> = {
  int: 'a whole number',
  boolean: 'true or false',
  string: 'text (put it in quotes)',
  array: 'a list: each entry starts with "- "',
  object: 'a section: its keys stand below it, further to the right',
};

function lengthWords(origin: string): string {
  if (origin === 'string') return ' characters long';
  return origin === 'array' ? ' entries long' : '';
}

function isSecret(path: readonly PropertyKey[]): boolean {
  return allKeys().some((key) => key.note.secret && key.path.join() === path.join());
}

function valueAt(path: readonly PropertyKey[], values: unknown): unknown {
  return path.reduce<unknown>(
    (value, part) => (value instanceof Object ? Reflect.get(value, part) : undefined),
    values,
  );
}

function shown(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
}

/** "line 12: " of the key itself, else of the nearest section around it; empty when nothing is written. */
function lineOf(path: readonly PropertyKey[], { document, lines }: Origin): string {
  for (let length = path.length; length > 0; length--) {
    const offset = nodeAt(path.slice(0, length), document)?.range?.[0];
    if (offset !== undefined) return `line ${lines.linePos(offset).line}: `;
  }
  return '';
}

function nodeAt(path: readonly PropertyKey[], document: Document): Node | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const found = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))?.key
    : document.getIn(path, true);
  return isNode(found) ? found : undefined;
}
