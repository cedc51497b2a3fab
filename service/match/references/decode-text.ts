import { bareLanguage } from './language.ts';

export interface DecodedText {
  readonly text: string;
  /** As `TextDecoder` calls it: "utf-8", "windows-1251". */
  readonly encoding: string;
}

/** Windows code pages and others that files in a language are written in when they are not Unicode. */
const customary: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'windows-1250 iso-8859-2': 'cs sk pl hu hr sl ro bs sq',
    'windows-1251 koi8-r iso-8859-5': 'ru uk bg sr mk be',
    'windows-1253 iso-8859-7': 'el',
    'windows-1254 iso-8859-9': 'tr az',
    'windows-1255 iso-8859-8': 'he',
    'windows-1256 iso-8859-6': 'ar fa ur',
    'shift_jis euc-jp iso-2022-jp': 'ja',
    'euc-kr': 'ko',
    'gb18030 big5': 'zh',
    'windows-1252 iso-8859-1': 'en de fr es it nl pt da sv no fi is ca ga',
  }).flatMap(([encodings, languages]) =>
    languages.split(' ').map((language) => [language, encodings.split(' ')] as const),
  ),
);

/** Statistics of letters say no more with more of them. */
const SAMPLE_BYTES = 48 * 1024;
/** Of a file in UTF-16 the lines with times alone, which are ASCII, give more zeros than that. */
const ZEROS_OF_UTF16 = 0.15;
/** A file with so few bad bytes among its letters is UTF-8 that somebody cut or joined. */
const BAD_SHARE = 0.02;

/**
 * Text of any encoding: a byte order mark, UTF-16 without one, UTF-8, or else the code page whose letters are the
 * most likely; `language` is what the name of the file says and breaks ties. Never throws.
 */
export async function decodeText(
  bytes: Uint8Array,
  language: string | null = null,
): Promise<DecodedText> {
  const unicode = markedEncoding(bytes) ?? utf16WithoutMark(bytes);
  if (unicode !== null) return decoded(bytes, unicode);
  const utf8 = decoded(bytes, 'utf-8');
  if (isUtf8(utf8.text)) return utf8;
  return decoded(bytes, await likelyCodePage(bytes, language));
}

function decoded(bytes: Uint8Array, encoding: string): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function markedEncoding(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => (count * 2) / Math.max(2, sample.length));
  if (odd > ZEROS_OF_UTF16 && even < odd / 4) return 'utf-16le';
  if (even > ZEROS_OF_UTF16 && odd < even / 4) return 'utf-16be';
  return null;
}

function isUtf8(text: string): boolean {
  let letters = 0;
  let bad = 0;
  for (const letter of text) {
    if (letter === '\ufffd') bad++;
    else if (letter > '\u007f') letters++;
  }
  return bad === 0 || bad < letters * BAD_SHARE;
}

async function likelyCodePage(bytes: Uint8Array, language: string | null): Promise<string> {
  const { analyse } = await import('chardet');
  const from = Math.max(0, bytes.findIndex((byte) => byte > 0x7f) - 200);
  const likely = analyse(bytes.subarray(from, from + SAMPLE_BYTES)).flatMap(({ name }) => {
    const encoding = encodingNamed(name);
    return encoding === null || encoding.startsWith('utf-') ? [] : [encoding];
  });
  const bare = bareLanguage(language);
  const expected = (bare === null ? undefined : customary.get(bare)) ?? [];
  const isExpected = (encoding: string) =>
    expected.some((name) => encodingNamed(name) === encoding);
  return likely.find(isExpected) ?? expected[0] ?? likely[0] ?? 'windows-1252';
}

/** Null for one that this Node.js cannot decode. */
function encodingNamed(name: string): string | null {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}
