import { z } from 'zod';
import { allKeys, type ConfigKey } from './keys.ts';
import { nearest } from './nearest-key.ts';

const PREFIX = 'DISCFLOW_';
/** Read before the configuration: it says where that is. */
const DATA_VARIABLE = 'DISCFLOW_DATA';

export interface Override {
  readonly path: readonly string[];
  readonly variable: string;
  readonly value: unknown;
}

/** The variable that sets a key; null for sections, lists and keys of list entries. */
export function variableOf(key: ConfigKey): string | null {
  const inList = allKeys().some((other) => other.list && startsWith(key.path, other.path));
  if (inList || key.children.length > 0) return null;
  return PREFIX + key.path.join('_').toUpperCase();
}

/** The keys that the environment sets. An empty variable sets nothing. */
export function environmentOverrides(env: NodeJS.ProcessEnv): Override[] {
  return allKeys().flatMap((key) => {
    const variable = variableOf(key);
    const text = variable === null ? undefined : env[variable];
    if (variable === null || text === undefined || text === '') return [];
    return [{ path: key.path, variable, value: typed(text, key) }];
  });
}

/**
 * Variables with our prefix that set nothing, each in a sentence.
 * Not an error: container platforms make up such names themselves (a service called "discflow" gives DISCFLOW_PORT).
 */
export function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = [DATA_VARIABLE, ...allKeys().map(variableOf)].filter((name) => name !== null);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      const meant = nearest(name.slice(PREFIX.length), known, (other) =>
        other.slice(PREFIX.length),
      );
      return `${name} sets nothing${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    });
}

/** Text as the key wants it, a list as its entries with commas between them; what does not fit stays text and is refused by the schema. */
function typed(text: string, { schema }: ConfigKey): unknown {
  if (schema instanceof z.ZodBoolean) return { true: true, false: false }[text] ?? text;
  if (schema instanceof z.ZodArray) return text.split(',').map((entry) => entry.trim());
  const numeric = schema instanceof z.ZodNumber || schema instanceof z.ZodLiteral;
  return numeric && Number.isFinite(Number(text)) ? Number(text) : text;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, index) => path[index] === name);
}
