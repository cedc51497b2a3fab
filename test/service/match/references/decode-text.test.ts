import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCues } from '../../../../service/match/references/cues/read-cues.ts';
import { decodeText } from '../../../../service/match/references/decode-text.ts';

const lines: Record<string, string> = {
  de: 'Wer hat die Lampe gelöscht? Schönes Wetter heute, für später müssen wir größere Dochte holen.',
  fr: "L'été dernier, près du phare, le garçon a cherché la clé à côté de la fenêtre.",
  pl: 'Kto zgasił światło? Było już późno, więc poszliśmy spać. Proszę, zamknij drzwi, jest mi zimno.',
  cs: 'Kdo zhasl světlo? Bylo už pozdě, tak jsme šli spát. Příště přijď dřív, prosím tě.',
  ru: 'Кто погасил лампу? Было уже поздно, и мы пошли спать. Закрой, пожалуйста, дверь.',
  el: 'Ποιος έσβησε τη λάμπα; Ήταν ήδη αργά και πήγαμε για ύπνο. Κλείσε την πόρτα, σε παρακαλώ.',
  tr: 'Lambayı kim söndürdü? Artık geç olmuştu, uyumaya gittik. Lütfen kapıyı kapat, üşüyorum.',
  he: 'מי כיבה את המנורה? היה כבר מאוחר והלכנו לישון. סגור בבקשה את הדלת.',
};
/** The upper halves of code pages, as Unicode lists them; made backwards from what `TextDecoder` knows. */
function encode(text: string, codePage: string): Uint8Array {
  const table = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++)
    table.set(new TextDecoder(codePage).decode(Uint8Array.of(byte)), byte);
  return Uint8Array.from([...text].map((letter) => table.get(letter) ?? 0x3f));
}

function subtitles(line: string): string {
  return Array.from(
    { length: 30 },
    (_, index) =>
      `${index + 1}\r\n00:00:${10 + index},000 --> 00:00:${11 + index},000\r\n${line}\r\n`,
  ).join('\r\n');
}

function utf16(text: string, { big = false, mark = true } = {}): Uint8Array {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return big ? bytes.swap16() : bytes;
}

describe('The encoding of a subtitle file', () => {
  const codePages: [string, string][] = [
    ['de', 'windows-1252'],
    ['fr', 'windows-1252'],
    ['pl', 'windows-1250'],
    ['cs', 'windows-1250'],
    ['ru', 'windows-1251'],
    ['ru', 'koi8-r'],
    ['el', 'windows-1253'],
    ['tr', 'windows-1254'],
    ['he', 'windows-1255'],
  ];
  for (const [language, codePage] of codePages)
    it(`is found out: ${codePage} of ${language}, with and without its name saying the language`, async () => {
      const text = subtitles(lines[language] ?? '');
      for (const said of [language, null])
        assert.equal((await decodeText(encode(text, codePage), said)).text, text, `${said}`);
    });

  const unicode: [string, (text: string) => Uint8Array][] = [
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['UTF-8 cut in a letter', (text) => Buffer.from(`${text}ö`).subarray(0, -1)],
    ['UTF-16, little end first', (text) => utf16(text)],
    ['UTF-16, big end first', (text) => utf16(text, { big: true })],
    ['UTF-16, little end first, without a mark', (text) => utf16(text, { mark: false })],
    ['UTF-16, big end first, without a mark', (text) => utf16(text, { big: true, mark: false })],
  ];
  for (const [name, bytesOf] of unicode)
    it(`is found out: ${name}`, async () => {
      for (const line of Object.values(lines)) {
        const { text } = await decodeText(bytesOf(subtitles(line)));
        const cues = readCues(text).cues;
        assert.equal(cues.length, 30);
        assert.equal(cues[7]?.text, line);
      }
    });

  it('of any bytes gives some text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const { text } = await decodeText(bytes);
        readCues(text);
      }),
      { numRuns: 500 },
    );
  });

  it('of a megabyte of noise is given up in moments', async () => {
    const noise = Uint8Array.from({ length: 1024 * 1024 }, (_, n) => (n * 2_654_435_761) >>> 24);
    const began = performance.now();
    readCues((await decodeText(noise)).text);
    assert.ok(performance.now() - began < 5000, `${performance.now() - began} ms`);
  });
});
