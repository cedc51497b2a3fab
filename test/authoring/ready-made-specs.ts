import { seededRandom } from './seeded-random.ts';
import type { ClipSpec, DiscSpec, Line } from './spec.ts';

const WHO = [
  ['the keeper', 'le gardien'],
  ['my sister', 'ma sœur'],
  ['the captain', 'le capitaine'],
  ['old Jonas', 'le vieux Jonas'],
] as const;
const DOES = [
  ['opened', 'a ouvert'],
  ['lost', 'a perdu'],
  ['painted', 'a peint'],
  ['sold', 'a vendu'],
] as const;
const WHAT = [
  ['the lantern', 'la lanterne'],
  ['the red boat', 'le bateau rouge'],
  ['a letter', 'une lettre'],
  ['the bridge', 'le pont'],
] as const;
const WHEN = [
  ['last night', 'hier soir'],
  ['before the storm', 'avant la tempête'],
  ['without a word', 'sans un mot'],
  ['again', 'encore une fois'],
] as const;

/** Enough small talk for a minute, other for every seed. */
function smallTalk(seed: string): Line[] {
  const random = seededRandom(seed);
  return Array.from({ length: 24 }, () => {
    const words = [WHO, DOES, WHAT, WHEN].map((list) => list[Math.floor(random() * list.length)]);
    const [en, fr] = [0, 1].map((lang) => words.map((word) => word?.[lang] ?? '').join(' '));
    return { en: `${en}.`, fr: `${fr}.` };
  });
}

function clip(
  name: string,
  seconds: number,
  chapters: readonly number[],
  rest: Partial<ClipSpec> = {},
): ClipSpec {
  return { name, seconds, chapters, card: [name], lines: smallTalk(name), ...rest };
}

const bilingual = {
  audio: [{ lang: 'en' }, { lang: 'fr' }],
  subtitles: ['en', 'fr'],
};

const episode = (number: number, seconds: number, chapters: readonly number[]) => ({
  kind: 'episode' as const,
  name: `Episode ${number}`,
  clips: [clip(`episode-${number}`, seconds, chapters)],
});

/** Four episodes, an extra in a second title set, and a play-all that shares the episodes' cells. */
const tv: DiscSpec = {
  label: 'SMALL_SHOW_S1_D1',
  standard: 'ntsc',
  titleSets: [
    {
      ...bilingual,
      titles: [
        episode(1, 24, [0, 8, 17]),
        episode(2, 22, [0, 11]),
        episode(3, 26, [0, 7, 19]),
        episode(4, 23, [0, 12]),
      ],
    },
    {
      ...bilingual,
      titles: [{ kind: 'extra', name: 'Behind the scenes', clips: [clip('extra', 15, [0])] }],
    },
  ],
  shared: [
    {
      kind: 'play-all',
      name: 'Play all',
      titleSet: 1,
      parts: [{ title: 1 }, { title: 2 }, { title: 3 }, { title: 4 }],
    },
  ],
};

/**
 * A feature of four VOBs in several VOB files (the third goes on inside a chapter), a cut of it
 * without the third, and two short extras in a second title set.
 */
const film: DiscSpec = {
  label: 'SMALL_FILM',
  standard: 'pal',
  titleSets: [
    {
      ...bilingual,
      audio: [{ lang: 'en', channels: 6, kbps: 384 }, { lang: 'fr' }],
      vobFileBytes: 4 << 20,
      titles: [
        {
          kind: 'main',
          name: 'The film',
          clips: [
            clip('reel-1', 12, [0, 6]),
            clip('reel-2', 10, [0]),
            clip('reel-3', 9, []),
            clip('reel-4', 12, [0, 5.4]),
          ],
        },
      ],
    },
    {
      ...bilingual,
      size: [352, 288],
      aspect: '4:3',
      videoKbps: 700,
      titles: [
        { kind: 'extra', name: 'Deleted scenes', clips: [clip('deleted-scenes', 12, [0])] },
        { kind: 'extra', name: 'Trailer', clips: [clip('trailer', 8, [0])] },
      ],
    },
  ],
  shared: [
    {
      kind: 'cut',
      name: 'Theatrical cut',
      titleSet: 1,
      parts: [
        { title: 1, clip: 0 },
        { title: 1, clip: 1 },
        { title: 1, clip: 3 },
      ],
    },
  ],
};

const noisy = (name: string): ClipSpec =>
  clip(name, 20, [0], {
    voice: 'tone',
    picture: { source: 'testsrc2', filters: 'noise=alls=60:allf=t' },
  });

/** Four titles of 130 MB and more; a title plays its clip six times, from six copies of it. */
const big: DiscSpec = {
  label: 'BIG_DISC',
  standard: 'ntsc',
  titleSets: [
    {
      ...bilingual,
      videoKbps: 8600,
      titles: [1, 2, 3, 4].map((number) => ({
        kind: 'episode',
        name: `Episode ${number}`,
        clips: Array.from({ length: 6 }, () => noisy(`noise-${number}`)),
      })),
    },
  ],
};

export const READY_MADE = { tv, film, big } satisfies Record<string, DiscSpec>;
