import type { BluraySpec, ClipSpec } from './bluray-spec.ts';

const bilingual = (seconds: number, rest: Partial<ClipSpec> = {}): ClipSpec => ({
  seconds,
  audio: [{ lang: 'eng' }, { lang: 'fra' }],
  subtitles: ['eng', 'fra'],
  ...rest,
});
const surround: ClipSpec['audio'] = [{ lang: 'eng', channels: 6 }, { lang: 'fra' }];
const whole = (...clips: string[]) => clips.map((clip) => ({ clip }));

/**
 * Four episodes (the last of two clips), an extra, a play-all and a decoy of the episodes' clips, a
 * loop, a blink, and a trailer that no playlist plays.
 */
const series: BluraySpec = {
  label: 'SMALL_SHOW_S1_BD1',
  names: { eng: 'Small Show & Co: Season 1 Disc 1', fra: 'Petite série' },
  clips: {
    '00001': bilingual(48),
    '00002': bilingual(44),
    '00003': bilingual(52),
    '00004': bilingual(26),
    '00005': bilingual(20),
    '00010': bilingual(15),
    '00020': bilingual(21, { audio: [{ lang: 'eng' }], subtitles: [] }),
    '00030': bilingual(1, { subtitles: [] }),
  },
  playlists: {
    '00001': { items: whole('00001'), marks: [0, 16, 34] },
    '00002': { items: whole('00002'), marks: [0, 22] },
    '00003': { items: whole('00003'), marks: [0, 14, 38] },
    '00004': { items: whole('00004', '00005'), marks: [0, 28] },
    '00010': { items: whole('00010'), marks: [0] },
    '00800': {
      items: whole('00001', '00002', '00003', '00004', '00005'),
      marks: [0, 49, 93, 145],
    },
    '00900': { items: whole('00003', '00001', '00004', '00005', '00002'), marks: [0] },
    '01000': { items: Array.from({ length: 8 }, () => ({ clip: '00030' })), marks: [] },
    '01001': { items: [{ clip: '00030', cut: 0.5 }], marks: [] },
  },
};

/** A film in two cuts that share most of their clips, one with two angles, and a stretch of a clip. */
const film: BluraySpec = {
  label: 'SMALL_FILM_BD',
  names: { fra: 'Le petit film' },
  clips: {
    '00100': bilingual(14, { audio: surround }),
    '00101': bilingual(9, { audio: surround }),
    '00102': bilingual(8, { audio: surround }),
    '00103': bilingual(12, { audio: surround }),
    '00110': bilingual(10),
    '00111': bilingual(10),
    '00130': bilingual(4, { audio: surround.slice(0, 1), subtitles: [] }),
  },
  playlists: {
    '00100': {
      items: [
        { clip: '00100' },
        { clip: '00101', connection: 6 },
        { clip: '00103', connection: 5 },
      ],
      marks: [0, 14.2, 30],
    },
    '00101': {
      items: [
        { clip: '00100' },
        { clip: '00101', connection: 6 },
        { clip: '00102', connection: 5 },
        { clip: '00103', connection: 5 },
      ],
      marks: [0, 14.2, 24, 38],
    },
    '00110': { items: [{ clip: '00110', angles: ['00111'] }], marks: [0] },
    '00120': { items: [{ clip: '00100', skip: 4, cut: 3 }], marks: [0] },
    '00130': { items: whole('00130', '00100'), marks: [0, 4] },
  },
};

const protectedDisc: BluraySpec = {
  label: 'PROTECTED_BD',
  names: {},
  clips: { '00001': bilingual(6) },
  playlists: { '00001': { items: whole('00001'), marks: [0] } },
  protection: 'aacs',
};

/** Four clips in every one of their first twelve orders: which playlist is the film, nothing says. */
const orders: readonly string[] =
  '0123 0132 0213 0231 0312 0321 1023 1032 1203 1230 1302 1320'.split(' ');

const hidden: BluraySpec = {
  label: 'HIDDEN_FILM_BD',
  names: {},
  clips: {
    '00200': bilingual(8),
    '00201': bilingual(8),
    '00202': bilingual(8),
    '00203': bilingual(8),
  },
  playlists: Object.fromEntries(
    orders.map((order, index) => [
      String(800 + index).padStart(5, '0'),
      { items: whole(...[...order].map((digit) => `0020${digit}`)), marks: [0, 8] },
    ]),
  ),
};

/** An Ultra HD disc: HEVC, and sound in every codec that there is an encoder for. */
const uhd: BluraySpec = {
  label: 'SMALL_FILM_UHD',
  names: { eng: 'Small Film 4K' },
  clips: {
    '00001': {
      seconds: 12,
      video: 'hevc',
      audio: [
        { lang: 'eng', codec: 'truehd' },
        { lang: 'deu', codec: 'dts', channels: 6 },
        { lang: 'jpn', codec: 'lpcm' },
        { lang: 'fra', codec: 'eac3' },
        { lang: 'spa', codec: 'ac3', channels: 6 },
      ],
      subtitles: ['eng'],
    },
  },
  playlists: { '00001': { items: whole('00001'), marks: [0, 5] } },
};

const noisy = (): ClipSpec => bilingual(60, { kbps: 18_000 });

/** Four episodes of 140 MB, for measuring. */
const big: BluraySpec = {
  label: 'BIG_BD',
  names: { eng: 'Big Show: Season 1' },
  clips: { '00001': noisy(), '00002': noisy(), '00003': noisy(), '00004': noisy() },
  playlists: {
    '00001': { items: whole('00001'), marks: [0, 20, 40] },
    '00002': { items: whole('00002'), marks: [0, 20, 40] },
    '00003': { items: whole('00003'), marks: [0, 20, 40] },
    '00004': { items: whole('00004'), marks: [0, 20, 40] },
    '00800': { items: whole('00001', '00002', '00003', '00004'), marks: [0, 60, 120, 180] },
  },
};

export const READY_MADE_BLURAYS = {
  series,
  film,
  protected: protectedDisc,
  hidden,
  uhd,
  big,
} satisfies Record<string, BluraySpec>;
