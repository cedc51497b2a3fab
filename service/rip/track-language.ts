import { isLanguage } from '../language-names.ts';

/**
 * A language code as everybody understands it today: "fra" and "fre" are "fr", the "iw" of old
 * discs is "he", and what is no language is "und" (mkvmerge refuses a file for a code that it does
 * not know).
 */
export function currentLanguage(code: string): string {
  try {
    const [canonical = 'und'] = Intl.getCanonicalLocales(code);
    return isLanguage(canonical) ? canonical : 'und';
  } catch {
    return 'und';
  }
}
