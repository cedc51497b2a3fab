/**
 * A title as it is compared: without case, accents, punctuation and a leading article, wherever it stands ("Office,
 * The"): labels run words together and lose the rest.
 */
export function titleKey(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/^\s*(?:the|an?)\s+(?=\S)/, '')
    .replace(/\s*,\s*(?:the|an?)\s*$/, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
