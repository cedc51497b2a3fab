import { formatSrt } from '../../authoring/srt.ts';
import type { Cue } from '../../authoring/truth.ts';
import { type Disturbance, disturb, ratios } from '../../match-lab/disturb.ts';
import type { Random } from '../../match-lab/random.ts';

/** What somebody has in a folder under the number of an episode. */
export interface ReferenceFile {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Behind the number: ".2" of a second file. */
  readonly suffix?: string;
  /** It is what its name says, and can be used. */
  readonly isGood: boolean;
}

/** All episodes of a show by number from 1, and those of another show. */
export interface Written {
  readonly own: readonly (readonly Cue[])[];
  readonly other: readonly (readonly Cue[])[];
  readonly random: Random;
}

export interface Variation {
  readonly name: string;
  readonly files: (written: Written) => readonly ReferenceFile[];
}

const SHIFT_SECONDS = 40;
const usual: Disturbance = { jitter: 0.08, missing: 0.05, merged: 0.05 };

const shifted = (random: Random): Disturbance => ({
  ...usual,
  offset: random.between(-SHIFT_SECONDS, SHIFT_SECONDS),
});
const spedUp = (random: Random): Disturbance => ({ ...usual, speed: random.pick(ratios) });
const thinned: Disturbance = { ...usual, missing: 0.3 };
const jittery: Disturbance = { ...usual, jitter: 0.3 };

/** As people have them: timed by somebody else, and not every line the same. */
export const usualReferences = all('usual', () => usual);

/** Every way in which references differ from what is on the discs, or are none. */
export const variations: readonly Variation[] = [
  all('as they are', () => ({})),
  usualReferences,
  all('shifted by up to 40 s', shifted),
  all('sped up or slowed down', spedUp),
  all('30 % of the lines missing', () => thinned),
  all('jitter of 0.3 s', () => jittery),
  all('all of these at once', (random) => ({
    ...{ ...shifted(random), ...thinned, jitter: 0.2 },
    speed: random.pick(ratios),
  })),
  {
    name: 'two per episode',
    files: (written) => [
      ...good(written, () => usual),
      ...good(written, spedUp).map((file) => ({ ...file, suffix: '.2' })),
    ],
  },
  {
    name: 'two per episode, a fifth wrong',
    files: (written) => [
      ...good(written, shifted),
      ...good(written, spedUp).map((file) =>
        written.random.chance(0.4)
          ? { ...wrongEpisode(file, written), suffix: '.2' }
          : { ...file, suffix: '.2' },
      ),
    ],
  },
  encoded('in UTF-16', (text, index) => utf16(text, index % 2 === 0)),
  encoded('in Windows-1252', (text) => Buffer.from(text, 'latin1')),
  replaced('two exchanged, two labelled as others', {
    2: ({ own }) => srt(own[6]),
    7: ({ own }) => srt(own[1]),
    5: ({ own }) => srt(own[11]),
    8: ({ own }) => srt(own[2]),
  }),
  replaced('neighbours exchanged', {
    2: ({ own }) => srt(own[2]),
    3: ({ own }) => srt(own[1]),
  }),
  replaced('empty for three', { 1: () => '', 5: () => '\ufeff', 8: () => ' \r\n\r\n' }),
  replaced('web pages for three', { 2: () => webPage, 6: () => webPage, 10: () => webPage }),
  replaced('signs only for three', {
    3: ({ own }) => srt(own[2]?.filter((_, index) => index % 16 === 0)),
    5: ({ own }) => srt(own[4]?.filter((_, index) => index % 16 === 3)),
    9: ({ own }) => srt(own[8]?.slice(0, 6)),
  }),
  missing('missing for one', [6]),
  missing('missing for two', [3, 8]),
  missing('missing for four', [2, 5, 6, 9]),
  missing('missing for all but one', [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
  replaced('of another show for four', {
    1: ({ other }) => srt(other[0]),
    5: ({ other }) => srt(other[4]),
    7: ({ other }) => srt(other[6]),
    10: ({ other }) => srt(other[9]),
  }),
  {
    name: 'all of another show',
    files: ({ other }) =>
      other.map((cues, index) => ({ number: index + 1, bytes: bytes(srt(cues)), isGood: false })),
  },
];

const webPage = `<!DOCTYPE html>\n<html><head><title>Download limit</title></head><body>${'<p>Please log in to go on.</p>\n'.repeat(60)}</body></html>\n`;

function all(name: string, disturbance: (random: Random) => Disturbance): Variation {
  return {
    name,
    files: (written) =>
      name === 'as they are'
        ? written.own.map((cues, index) => goodFile(index + 1, bytes(srt(cues))))
        : good(written, disturbance),
  };
}

function good(
  { own, random }: Written,
  disturbance: (random: Random) => Disturbance,
): ReferenceFile[] {
  return own.map((cues, index) =>
    goodFile(index + 1, bytes(srt(disturb(random, cues, disturbance(random))))),
  );
}

function goodFile(number: number, content: Uint8Array): ReferenceFile {
  return { number, bytes: content, isGood: true };
}

function encoded(name: string, encode: (text: string, index: number) => Uint8Array): Variation {
  return {
    name,
    files: ({ own, random }) =>
      own.map((cues, index) =>
        goodFile(index + 1, encode(srt(disturb(random, cues, usual)), index)),
      ),
  };
}

/** Usual files, of which some are something else. */
function replaced(
  name: string,
  contents: Readonly<Record<number, (written: Written) => string>>,
): Variation {
  return {
    name,
    files: (written) =>
      good(written, () => usual).map((file) => {
        const content = contents[file.number];
        return content ? { ...file, bytes: bytes(content(written)), isGood: false } : file;
      }),
  };
}

function missing(name: string, numbers: readonly number[]): Variation {
  return {
    name,
    files: (written) =>
      good(written, () => usual).filter(({ number }) => !numbers.includes(number)),
  };
}

function wrongEpisode(file: ReferenceFile, { own, random }: Written): ReferenceFile {
  const shift = 1 + random.below(own.length - 1);
  const cues = own[(file.number - 1 + shift) % own.length] ?? [];
  return { ...file, bytes: bytes(srt(disturb(random, cues, usual))), isGood: false };
}

function srt(cues: readonly Cue[] = []): string {
  return formatSrt(cues);
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const encodedText = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isLittleEndian ? encodedText : encodedText.swap16();
}
