import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkFile } from '../../../../../service/match/references/check/check-file.ts';
import { type MadeFile, madeSrt } from '../made-subtitles.ts';

const file = {
  source: 'folder',
  origin: '/subtitles/Harbour Lights/Season 01/S01E02.srt',
  season: 1,
  episodes: [2],
  name: 'The Lamp',
  language: 'en',
  forced: false,
  otherShow: null,
} as const;
const minutes = (count: number) => count * 60;

async function verdictOn(
  content: string | Uint8Array,
  {
    runtime = null,
    ...named
  }: Partial<Omit<typeof file, 'forced' | 'language' | 'otherShow'>> & {
    runtime?: number | null;
    forced?: boolean;
    language?: string | null;
    otherShow?: string | null;
  } = {},
) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return checkFile({ ...file, ...named }, bytes, runtime);
}

describe('A reference', () => {
  it('that is fit keeps what its name says, and is known by its bytes', async () => {
    const checked = await verdictOn(madeSrt({ seed: 1 }), { runtime: minutes(22) });
    assert.ok(checked.state === 'fit');
    const { cues, id, ...facts } = checked.reference;
    assert.equal(cues.length, 60);
    assert.match(id, /^[0-9a-f]{64}$/);
    assert.deepEqual(facts, {
      season: 1,
      episodes: [2],
      name: 'The Lamp',
      language: 'en',
      source: 'folder',
      origin: file.origin,
    });
    assert.equal(checked.note, null);
  });

  const html = '<!DOCTYPE html>\n<html><head><title>Too many downloads</title></head></html>';
  const rejections: [
    string,
    string | Uint8Array,
    Parameters<typeof verdictOn>[1],
    string,
    RegExp,
  ][] = [
    ['with nothing in it', '', {}, 'empty', /^It is empty$/],
    ['with white space in it', ' \r\n\n', {}, 'empty', /^It is empty$/],
    [
      'with cues without text',
      '1\n00:00:01,000 --> 00:00:02,000\n\n',
      {},
      'empty',
      /no subtitles in it/,
    ],
    ['that is a web page', html, {}, 'html', /web page/],
    ['that is something else', 'Once upon a time', {}, 'unknown-format', /neither SRT nor/],
    [
      'that is no text',
      Uint8Array.from({ length: 4000 }, (_, n) => (n * 37) % 29),
      {},
      'unreadable',
      /not text/,
    ],
    ['that is huge', new Uint8Array(8 * 1024 * 1024 + 1), {}, 'unreadable', /larger than/],
    [
      'with few cues',
      madeSrt({ seed: 1, cues: 30, span: 300 }),
      { runtime: minutes(22) },
      'too-few-cues',
      /only 30 subtitles/,
    ],
    ['with one cue', madeSrt({ seed: 1, cues: 1 }), {}, 'too-few-cues', /only 1 subtitle$/],
    [
      'with few cues all over the episode',
      madeSrt({ seed: 1, cues: 20 }),
      { runtime: minutes(22) },
      'forced-only',
      /only 20 subtitles: signs/,
    ],
    [
      'that says to be forced',
      madeSrt({ seed: 1 }),
      { forced: true },
      'forced-only',
      /By its name/,
    ],
    [
      'that ends early',
      madeSrt({ seed: 1, span: 600 }),
      { runtime: minutes(22) },
      'too-short',
      /ends after 10 minutes of an episode of 22 minutes/,
    ],
    [
      'that goes on and on',
      madeSrt({ seed: 1, span: 2600 }),
      { runtime: minutes(22) },
      'too-long',
      /goes on for 39 minutes/,
    ],
    [
      'of another show',
      madeSrt({ seed: 1 }),
      { otherShow: 'Other Show' },
      'other-show',
      /another show: Other Show/,
    ],
  ];
  for (const [name, content, facts, code, says] of rejections)
    it(`${name} is rejected as ${code}`, async () => {
      const checked = await verdictOn(content, facts);
      assert.ok(checked.state === 'rejected');
      assert.equal(checked.rejected.code, code);
      assert.match(checked.rejected.says, says);
    });

  const accepted: [string, MadeFile, number | null][] = [
    ['of a short episode with fewer cues', { seed: 1, cues: 12, span: 150 }, 160],
    ['of a short episode whose length nobody knows', { seed: 1, cues: 48, span: 150 }, null],
    ['of a disc that runs longer than listed', { seed: 1, cues: 300, span: 1700 }, minutes(22)],
  ];
  for (const [name, made, runtime] of accepted)
    it(`${name} is fit`, async () =>
      assert.equal((await verdictOn(madeSrt(made), { runtime })).state, 'fit'));

  it('in another language than its name says is taken for what it is, and that is told', async () => {
    const checked = await verdictOn(madeSrt({ seed: 1, language: 'fr' }));
    assert.ok(checked.state === 'fit');
    assert.equal(checked.reference.language, 'fr');
    assert.match(checked.note ?? '', /says English in its name, but it is French/);
  });

  for (const language of ['en', 'de', 'fr'])
    it(`whose name says no language has that of its text: ${language}`, async () => {
      const checked = await verdictOn(madeSrt({ seed: 1, language }), { language: null });
      assert.ok(checked.state === 'fit');
      assert.equal(checked.reference.language, language);
    });

  it('of any bytes is fit or rejected in a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        const checked = await verdictOn(bytes);
        if (checked.state === 'rejected') assert.match(checked.rejected.says, /^It |^Its |^By /);
      }),
      { numRuns: 300 },
    );
  });
});
