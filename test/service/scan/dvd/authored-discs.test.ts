import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { authoredDiscOrSkip } from '../../../authoring/authored-disc.ts';
import { isInstalled } from '../../../authoring/authoring-tools.ts';
import type { DiscTruth, TitleTruth } from '../../../authoring/truth.ts';

const SAMPLES = new URL('../../../../examples/discs/', import.meta.url);

/** lsdvd counts 30 NTSC frames a second in place of 29.97, and its title times are rounded. */
const NTSC_SLOWDOWN = 1.001;
const TOLERANCE_SECONDS = 0.1;

interface ListedTitle {
  readonly seconds: number;
  readonly counts: readonly number[];
}

async function listTitles(image: string): Promise<ListedTitle[]> {
  const { stdout } = await execa('lsdvd', [image]);
  const titles = stdout.matchAll(/^Title: \d+, Length: (\d+):(\d+):([\d.]+) (.*)$/gm);
  return [...titles].map(([, hours, minutes, seconds, counts = '']) => ({
    seconds: (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds),
    counts: [...counts.matchAll(/\d+/g)].map(Number),
  }));
}

function countsOf({ chapters, cells, audio, subtitles }: TitleTruth): number[] {
  return [chapters, cells, audio, subtitles].map((list) => list.length);
}

async function assertTruthful(image: string, { standard, titles }: DiscTruth): Promise<void> {
  const listed = await listTitles(image);
  assert.deepEqual(
    listed.map(({ counts }) => counts),
    titles.map(countsOf),
  );
  for (const [i, { number, seconds }] of titles.entries()) {
    const found = (listed[i]?.seconds ?? 0) * (standard === 'ntsc' ? NTSC_SLOWDOWN : 1);
    const message = `title ${number}: ${found} s, not ${seconds} s`;
    assert.ok(Math.abs(found - seconds) < TOLERANCE_SECONDS, message);
  }
}

describe('the discs that tests and examples use', () => {
  before(async function () {
    if (await isInstalled('lsdvd')) return;
    console.log('skipped: lsdvd, which vouches for the discs, is not installed');
    this.skip();
  });

  for (const name of ['tv', 'film'] as const)
    it(`the disc "${name}" is what its truth says, in the eyes of another reader`, async function () {
      const { image, truth } = await authoredDiscOrSkip(this, name);
      await assertTruthful(image, truth);
    });

  it('the sample discs are what their truth says', async () => {
    const text = await readFile(new URL('truth.json', SAMPLES), 'utf8');
    const { discs }: { discs: DiscTruth[] } = JSON.parse(text);
    for (const truth of discs)
      await assertTruthful(fileURLToPath(new URL(`${truth.label}.iso`, SAMPLES)), truth);
  });
});
