import { z } from 'zod';

/** One level of an MQTT topic that we put together: station, drive and library ids. */
export const Id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'use letters, digits, "-" and "_" (at most 64)');
/** 26 characters of Crockford base32, sortable by time of creation; a first one above 7 is no time. */
export const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'not a ULID');
/** ISO 8601 with zone. */
export const At = z.iso.datetime({ offset: true });
/** ISO 639 code as found on the disc ("en", "fra"), or "und". */
export const Language = z.string().regex(/^[a-z]{2,3}$/);
/** The id of a title within its job: "t" and the disc's own title number, two digits or more. */
export const TitleId = z.string().regex(/^t\d{2,6}$/, 'a title id looks like "t01"');
export type TitleId = z.infer<typeof TitleId>;

/** Characters that a line may have. */
export const LINE_LENGTH = 300;

/** A text as one line without control and bidi characters, which could rewrite a terminal or swap words. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '',
  );
}

/** What is shown to people and may come from anybody. */
export const Line = z.string().max(LINE_LENGTH).overwrite(oneLine);

/**
 * Evidence in words and figures; `weight` is the share it had in the decision, 0 to 1, below 0 for what spoke
 * against it.
 */
export const Evidence = z.object({
  source: z.string().max(40),
  says: z.string().max(300),
  weight: z.number().min(-1).max(1),
});
export type Evidence = z.infer<typeof Evidence>;

/** Who made a decision. A person's is never overwritten by automation. */
export const DecidedBy = z.enum(['person', 'remembered', 'flow', 'policy', 'evidence']);
export type DecidedBy = z.infer<typeof DecidedBy>;
