import assert from 'node:assert/strict';
import fc from 'fast-check';

const nasty = [
  '../',
  '..\\',
  '/',
  '\u0000',
  'CON',
  'nul',
  'LPT1',
  '.',
  ' ',
  ': ',
  ':',
  '\u202E',
  '\u200B',
  '\uD800',
  '\uF021',
  'e\u0301',
  '{tmdb-1}',
  '[tmdbid=',
  '(',
  ')',
  '{',
  '}',
  '<\u0338',
  '…',
  '-trailer',
  'part 1',
  'CD2',
  'disc A',
  'sample',
  'ß',
  '鬼',
  '👨‍👩‍👧',
  '-',
  '?',
];

/** Texts made of what breaks names, of any Unicode, and of great length. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...nasty), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.constantFrom('a', 'é', '鬼', '👨‍👩‍👧'), fc.nat(300)).map(([c, n]) => c.repeat(n)),
);

/** Asserts what ext4, NTFS and Samba ask of one folder or file name. */
export function assertValidComponent(name: string): void {
  assert.notEqual(name, '');
  assert.ok(Buffer.byteLength(name) <= 255, `${name} is too long`);
  assert.equal(name, name.normalize('NFC'));
  assert.doesNotMatch(name, /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]/u);
  assert.doesNotMatch(name, /^[.\s]|[.\s]$/);
  assert.doesNotMatch(name, /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i);
}
