import assert from 'node:assert/strict';
import { mkvmergeArguments } from '../../../../service/rip/dvd/mkvmerge-arguments.ts';
import type { KeptTracks } from '../../../../service/rip/dvd/track-choice.ts';

const tracks = [
  { id: 0, type: 'video', streamId: 0xe0 },
  { id: 1, type: 'audio', streamId: 0x81 },
  { id: 2, type: 'audio', streamId: 0x80 },
];
const file = { streamId: 0x20, idx: '/s/t01.20.idx', sub: '/s/t01.20.sub', cues: 3 };
const plan = { vob: '/s/t01.vob', tracks, probe: [], output: '/s/t01.mkv.part' };

describe('the command line of mkvmerge', () => {
  it('takes tracks by what mkvmerge calls them, in the order of the list', () => {
    const kept: KeptTracks = {
      audio: [
        { streamId: 0x80, language: 'en', kind: 'normal', preferred: true },
        { streamId: 0x81, language: 'fr', kind: 'commentary', preferred: false },
      ],
      subtitles: [{ file, language: 'en', kind: 'forced' }],
    };
    assert.equal(
      mkvmergeArguments({ ...plan, kept, chapters: '/s/t01.chapters.txt' }).join(' '),
      '--output /s/t01.mkv.part --track-order 0:0,0:2,0:1,1:0 ' +
        '--chapters /s/t01.chapters.txt --audio-tracks 2,1 ' +
        '--language 2:en --default-track-flag 2:yes ' +
        '--language 1:fr --default-track-flag 1:no --commentary-flag 1:yes /s/t01.vob ' +
        '--language 0:en --default-track-flag 0:no --forced-display-flag 0:yes /s/t01.20.idx',
    );
  });

  it('leaves out sound and chapters that are not there', () => {
    const kept = { audio: [], subtitles: [] };
    const probe = ['--probe-range-percentage', '40'];
    assert.equal(
      mkvmergeArguments({ ...plan, probe, kept, chapters: null }).join(' '),
      '--output /s/t01.mkv.part --track-order 0:0 ' +
        '--probe-range-percentage 40 --no-audio /s/t01.vob',
    );
  });

  it('marks what is for people who see or hear less', () => {
    const kept: KeptTracks = {
      audio: [{ streamId: 0x80, language: 'en', kind: 'visually-impaired', preferred: true }],
      subtitles: [{ file, language: 'en', kind: 'captions' }],
    };
    const line = mkvmergeArguments({ ...plan, kept, chapters: null }).join(' ');
    assert.match(line, /--visual-impaired-flag 2:yes .*t01\.vob .*--hearing-impaired-flag 0:yes/);
  });
});
