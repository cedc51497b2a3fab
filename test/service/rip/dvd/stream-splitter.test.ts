import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StreamSplitter } from '../../../../service/rip/dvd/stream-splitter.ts';
import { scannedTitle } from '../scanned.ts';
import { makeNavPack, makePack } from './made-packs.ts';

const nav = (start: number, end: number) =>
  makeNavPack({ start, end, vob: 1, cell: 1, sectors: 1, next: null });
const video = (time: number) => makePack({ stream: 0xe0, time });

describe('splitting a title into its streams', () => {
  let folder: string;
  let splitter: StreamSplitter;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'split-'));
    const subtitles = [
      { streamId: 0x20, codec: 'vobsub' as const, language: 'en', kind: 'normal' as const },
    ];
    splitter = new StreamSplitter(scannedTitle({ subtitles }), join(folder, 't01'));
  });
  afterEach(async () => {
    await splitter.close();
    await rm(folder, { recursive: true });
  });

  async function split(...packs: Buffer[]) {
    splitter.take(Buffer.concat(packs));
    await splitter.flush();
    return splitter.finish();
  }

  it('indexes each subtitle with its time in the title and its place in the file', async () => {
    const { subtitles, shift } = await split(
      nav(90_000, 180_000),
      video(90_000),
      makePack({ stream: 0x20, time: 135_000, fill: 1 }),
      makePack({ stream: 0x20, fill: 2 }),
      makePack({ stream: 0x23, time: 140_000, fill: 3 }),
      nav(90_000, 180_000),
      makePack({ stream: 0x20, time: 112_500, fill: 4 }),
    );
    assert.equal(shift, 0);
    assert.deepEqual(
      subtitles.map(({ streamId, cues }) => ({ streamId, cues })),
      [
        { streamId: 0x20, cues: 2 },
        { streamId: 0x23, cues: 1 },
      ],
    );
    const index = await readFile(join(folder, 't01.20.idx'), 'utf8');
    assert.deepEqual(index.split('\n'), [
      '# VobSub index file, v7 (do not modify this line!)',
      'size: 720x576',
      `palette: ${Array(16).fill('102030').join(', ')}`,
      'langidx: 0',
      'id: en, index: 0',
      'timestamp: 00:00:00:500, filepos: 000000000',
      'timestamp: 00:00:01:250, filepos: 000001000',
      '',
    ]);
    const packs = await readFile(join(folder, 't01.20.sub'));
    assert.deepEqual([packs.length, packs[100], packs[2148], packs[4196]], [6144, 1, 2, 4]);
    assert.match(await readFile(join(folder, 't01.23.idx'), 'utf8'), /^id: un, index: 3$/m);
  });

  it('moves subtitles by the sound that begins before the first picture', async () => {
    const { shift } = await split(
      nav(90_000, 180_000),
      makePack({ stream: 0x80, time: 90_000 - 54_000 }),
      makePack({ stream: 0x81, time: 90_000 - 45_000 }),
      video(90_000),
      makePack({ stream: 0x20, time: 135_000 }),
    );
    assert.equal(shift, 0.6);
    assert.match(await readFile(join(folder, 't01.20.idx'), 'utf8'), /timestamp: 00:00:01:100/);
  });

  it('keeps the times of the disc when sound is less than a frame ahead', async () => {
    const { shift } = await split(nav(90_000, 180_000), makePack({ stream: 0x80, time: 89_520 }));
    assert.equal(shift, 0);
  });

  it('notes where every stream begins', async () => {
    await split(nav(0, 9), video(0), makePack({ stream: 0x80, time: 0 }), video(3600));
    assert.deepEqual(
      [...splitter.streams],
      [
        [0xe0, 2048],
        [0x80, 4096],
      ],
    );
  });

  for (const stream of [0xe0, 0x80, 0x20])
    it(`stops at scrambled data of stream 0x${stream.toString(16)}`, () => {
      const pack = makePack({ stream, scrambled: true });
      assert.throws(() => splitter.take(Buffer.concat([nav(0, 9), pack])), { code: 'encrypted' });
    });

  it('stops at what is no pack, and says where', () => {
    assert.throws(() => splitter.take(Buffer.concat([nav(0, 9), Buffer.alloc(2048)])), {
      code: 'read-error',
      message: 'Title 1 has no video data at 2048 bytes: damaged or scrambled',
    });
  });
});
