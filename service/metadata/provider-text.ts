import { z } from 'zod';
import { LINE_LENGTH, oneLine } from '../contract/values.ts';

/** What is longer is no name; looking through megabytes would hold everything up. */
const MOST_READ = 10 * LINE_LENGTH;

/**
 * Text that anybody may have typed into a catalogue: one line, no longer than a job can keep, without characters that
 * could rewrite a terminal. Tabs and line ends become spaces.
 */
export function providerText(text: string): string {
  return oneLine(text.slice(0, MOST_READ).replace(/\s+/g, ' ').slice(0, LINE_LENGTH)).trim();
}

/** A text that may be empty. */
export const ProviderLine = z.string().transform(providerText);

/** The name of a work; an entry without one is none. */
export const ProviderTitle = ProviderLine.pipe(z.string().min(1));
