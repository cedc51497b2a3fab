import { z } from 'zod';

/** What people read about a key: in the configuration file, the README and error messages. */
export interface Note {
  readonly title: string;
  readonly description: string;
  /** Shows the form of a key that has no default. */
  readonly example?: unknown;
  /** Never repeated in messages. */
  readonly secret?: true;
}

export const notes = z.registry<Note>();

/** A copy of the schema with its note: one schema may serve several keys. */
export function noted<Schema extends z.ZodType>(schema: Schema, note: Note): Schema {
  const copy = schema.clone();
  notes.add(copy, note);
  return copy;
}
