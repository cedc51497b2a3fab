import { z } from 'zod';

/**
 * A list in an answer. Entries that are not as documented do not spoil the others; of a list that is longer than there
 * can be things only the beginning is read, because it was made to hold everything up.
 */
export function entriesOf<Entry>(entry: z.ZodType<Entry>, most: number) {
  return z
    .array(z.unknown())
    .transform((list) => list.slice(0, most))
    .pipe(z.array(entry.nullable().catch(null)))
    .transform((list) => list.filter((item) => item !== null));
}

/** The same where the list may be missing, which makes it an empty one. */
export function optionalEntriesOf<Entry>(entry: z.ZodType<Entry>, most: number) {
  return entriesOf(entry, most)
    .nullish()
    .transform((list) => list ?? []);
}
