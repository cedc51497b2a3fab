/**
 * Names that are valid on ext4, NTFS and over SMB alike, so that a library can move between them.
 * Microsoft's rules: "Naming Files, Paths, and Namespaces", section "Naming conventions".
 */

/** ext4 counts bytes of UTF-8; NTFS counts 255 UTF-16 units, which are never more. */
const COMPONENT_BYTES = 255;
/** Kept free for what is put around a stem: ` (2)`, `.mkv`, `-fanart.jpg`, `.pt-BR.forced.sdh.srt`, `.discflow.json`. */
const RESERVED_BYTES = 40;
/** The longest folder name or file stem that is made. */
export const NAME_BYTES = COMPONENT_BYTES - RESERVED_BYTES;

/** Controls, bidi and zero-width characters, lone surrogates, and the private range that macOS maps `:` or `?` to. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const ILLEGAL: Readonly<Record<string, string>> = {
  '/': '-',
  '\\': '-',
  '*': '-',
  '|': '-',
  '"': "'",
  '?': '',
  '<': '',
  '>': '',
};
/** Device names of Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\s*(?:\.|$))/i;
/** The beginning of `[tmdbid-603]` and its like, which players take for the item's id. */
const POSED_ID = /(?:[[(]\s*)+(?=(?:tmdb|imdb|tvdb|edition)(?:id)?\s*[-=])/gi;

/** Makes a title from outside fit to stand in a name: no hidden or illegal characters, no tags that a player obeys. */
export function cleanText(text: string): string {
  return untilStable(text, (value) =>
    withoutIllegal(value)
      .replaceAll('{', '(')
      .replaceAll('}', ')')
      .replace(POSED_ID, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** A whole folder name or file stem made safe; empty when nothing is left of it. Idempotent. */
export function safeComponent(text: string, maxBytes = NAME_BYTES): string {
  return untilStable(text, (value) =>
    truncate(withoutDangling(withoutIllegal(value)), maxBytes).replace(DEVICE, '$1_'),
  );
}

/** Cuts between characters as people see them, and marks the cut with "…". */
export function truncate(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  let kept = '';
  let bytes = Buffer.byteLength('…');
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function withoutIllegal(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(HIDDEN, '')
    .normalize('NFC')
    .replace(/ ?: +/g, ' - ')
    .replace(/^:+|:+$/g, '')
    .replaceAll(':', '-')
    .replace(/[/\\*|"?<>]/g, (character) => ILLEGAL[character] ?? '');
}

/** What empty tokens leave behind: `()`, ` - ` at either end, doubled separators and spaces. */
function withoutDangling(text: string): string {
  return text
    .replace(/\(\s*\)|\[\s*\]|\{\s*\}/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(?: -)+ - /g, ' - ')
    .replace(/^[\s.]*(?:-\s+)*[\s.]*/, '')
    .replace(/[\s.-]+$/, '');
}

/** Repeats a clean-up whose parts can uncover work for each other; every part shortens or settles. */
function untilStable(text: string, change: (text: string) => string): string {
  let before = text;
  let after = change(before);
  while (after !== before) {
    before = after;
    after = change(before);
  }
  return after;
}
