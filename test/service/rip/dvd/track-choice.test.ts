import assert from 'node:assert/strict';
import { keptTracks } from '../../../../service/rip/dvd/track-choice.ts';
import { currentLanguage } from '../../../../service/rip/track-language.ts';
import { copiedTitle, scannedTitle } from '../scanned.ts';

type Audio = ReturnType<typeof scannedTitle>['audio'][number];
type Subtitle = ReturnType<typeof scannedTitle>['subtitles'][number];

const audio = (streamId: number, language: string, kind: Audio['kind'] = 'normal'): Audio => ({
  streamId,
  language,
  kind,
  codec: 'ac3',
  channels: 2,
});
const subtitle = (streamId: number, language: string, kind: Subtitle['kind'] = 'normal') => ({
  streamId,
  language,
  kind,
  codec: 'vobsub' as const,
});
const file = (streamId: number) => ({ streamId, idx: 'i', sub: 's', cues: 1 });

/**
 * Listed: en commentary, en, fr (not in the stream), de. In the stream besides: one more audio and
 * subtitle.
 */
const copied = copiedTitle({
  title: scannedTitle({
    audio: [
      audio(0x81, 'en', 'commentary'),
      audio(0x80, 'en'),
      audio(0x82, 'fr'),
      audio(0x83, 'de', 'visually-impaired'),
    ],
    subtitles: [subtitle(0x21, 'en'), subtitle(0x20, 'fr', 'forced'), subtitle(0x22, 'de')],
  }),
  streams: new Map([
    [0xe0, 0],
    [0x84, 4096],
    [0x80, 2048],
    [0x81, 2048],
    [0x83, 6144],
  ]),
  subtitles: [file(0x20), file(0x21), file(0x25)],
});

const ids = (choice: Parameters<typeof keptTracks>[1]) => {
  const kept = keptTracks(copied, choice);
  return {
    audio: kept.audio.map(({ streamId }) => streamId),
    subtitles: kept.subtitles.map((track) => track.file.streamId),
  };
};

describe('the tracks of an MKV', () => {
  it('are all that the stream has, in the order of the list, unlisted ones last', () => {
    assert.deepEqual(ids({}), { audio: [0x81, 0x80, 0x83, 0x84], subtitles: [0x21, 0x20, 0x25] });
    const kept = keptTracks(copied, { audio: null, subtitles: null });
    assert.deepEqual(
      kept.audio.map(({ language, kind, preferred }) => [language, kind, preferred]),
      [
        ['en', 'commentary', false],
        ['en', 'normal', true],
        ['de', 'visually-impaired', false],
        ['und', 'normal', false],
      ],
    );
    assert.deepEqual(
      kept.subtitles.map(({ language, kind }) => [language, kind]),
      [
        ['en', 'normal'],
        ['fr', 'forced'],
        ['und', 'normal'],
      ],
    );
  });

  const choices = [
    {
      name: 'of one language, with forced subtitles of every language',
      choice: { audio: ['en'], subtitles: ['en'] },
      kept: { audio: [0x81, 0x80], subtitles: [0x21, 0x20] },
    },
    {
      name: 'named by either kind of code',
      choice: { audio: ['deu'], subtitles: ['eng'] },
      kept: { audio: [0x83], subtitles: [0x21, 0x20] },
    },
    {
      name: 'never without any audio',
      choice: { audio: ['ja'], subtitles: [] },
      kept: { audio: [0x81], subtitles: [0x20] },
    },
  ];
  for (const { name, choice, kept } of choices)
    it(`can be chosen: ${name}`, () => {
      assert.deepEqual(ids(choice), kept);
    });

  it('prefer the first when none is a normal one', () => {
    const [track] = keptTracks(copied, { audio: ['de'] }).audio;
    assert.equal(track?.preferred, true);
  });
});

describe('a language code', () => {
  const codes = { fre: 'fr', fra: 'fr', en: 'en', iw: 'he', xx: 'und', und: 'und', '': 'und' };
  for (const [code, language] of Object.entries(codes))
    it(`"${code}" means ${language}`, () => {
      assert.equal(currentLanguage(code), language);
    });
});
