import { z } from 'zod';
import { type Note, notes } from './note.ts';
import { ConfigFile } from './schema.ts';

/** One key of the configuration, as the schema describes it. */
export interface ConfigKey {
  readonly name: string;
  /** From the root; a key of a list's entries stands under the list's name. */
  readonly path: readonly string[];
  readonly note: Note;
  /** The schema without its default. */
  readonly schema: z.core.$ZodType;
  /** Undefined when the key may be missing or must be given. */
  readonly fallback: unknown;
  readonly required: boolean;
  /** Keys of a section, or of each entry of a list. */
  readonly children: readonly ConfigKey[];
  /** True for a list of entries with keys of their own; one of plain values is a value. */
  readonly list: boolean;
}

/** The whole configuration as a tree, in the order of the file. */
export const configKeys: readonly ConfigKey[] = keysOf(ConfigFile, []);

/** Every key of the tree, sections and lists before what is in them. */
export function allKeys(keys = configKeys): ConfigKey[] {
  return keys.flatMap((key) => [key, ...allKeys(key.children)]);
}

function keysOf(schema: z.core.$ZodType, above: readonly string[]): ConfigKey[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, value]) => keyOf(name, value, above));
}

function keyOf(name: string, given: z.core.$ZodType, above: readonly string[]): ConfigKey {
  const note = notes.get(given);
  const path = [...above, name];
  if (note === undefined) throw new Error(`${path.join('.')} has no note in the schema`);
  const schema = withoutDefault(given);
  const entries = schema instanceof z.ZodArray ? schema.element : schema;
  const optional = given instanceof z.ZodOptional;
  const fallback = defaultOf(given);
  return {
    name,
    path,
    note,
    schema,
    fallback,
    required: !optional && fallback === undefined,
    children: keysOf(entries, path),
    list: schema instanceof z.ZodArray && schema.element instanceof z.ZodObject,
  };
}

function withoutDefault(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional;
  return wrapped ? schema.unwrap() : schema;
}

function defaultOf(schema: z.core.$ZodType): unknown {
  const has = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return has ? schema.def.defaultValue : undefined;
}
