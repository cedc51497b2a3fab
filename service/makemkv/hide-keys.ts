/** Registration keys begin with a letter and a hyphen ("T-", "M-") and have some 60 characters. */
const keyLike = /\b[A-Za-z]-[A-Za-z0-9_@+/=-]{20,}/g;

/** A text of MakeMKV without keys and control characters, so that it may be logged and shown. */
export function hideKeys(text: string): string {
  return text.replace(keyLike, '[key]').replace(/\p{C}/gu, ' ');
}
