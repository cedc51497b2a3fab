import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parseDrutilList,
  parseDrutilStatus,
} from '../../../../service/drives/optical/macos/drutil.ts';
import { macosDrives, parseLsof } from '../../../../service/drives/optical/macos/macos.ts';
import type { DriveSighting } from '../../../../service/drives/optical/platform.ts';
import { type Answers, failed, recorded, recordedPrograms } from './recorded-programs.ts';

const { signal } = new AbortController();

/** A station with two drives: one with a DVD, one with an audio CD. */
const twoDrives: Answers = {
  'drutil list': recorded('drutil-list.txt'),
  'drutil status -drive 1': recorded('drutil-status-dvd.txt'),
  'drutil status -drive 2': recorded('drutil-status-audio.txt'),
  'diskutil info -plist /dev/disk4': recorded('diskutil-dvd.plist'),
  'diskutil info -plist /dev/disk5': recorded('diskutil-audio.plist'),
};

function drives(answers: Answers) {
  const { run, asked } = recordedPrograms(answers);
  return { platform: macosDrives({ run }), asked };
}

async function first(answers: Answers): Promise<DriveSighting> {
  const [drive] = await drives({
    'drutil list': recorded('drutil-list.txt'),
    ...answers,
  }).platform.list();
  assert.ok(drive);
  return drive;
}

describe('drives under macOS', () => {
  it('are told with what is in them', async () => {
    const [dvd, audio, ...more] = await drives(twoDrives).platform.list();
    assert.deepEqual(more, []);
    assert.deepEqual(dvd, {
      name: 'drive 1',
      device: '/dev/disk4',
      passThrough: null,
      hardware: {
        serial: null,
        bridgeSerial: null,
        port: 'USB 1',
        vendor: 'HL-DT-ST',
        model: 'BD-RE  WH16NS40',
        revision: '1.05',
      },
      content: {
        state: 'loaded',
        media: {
          type: 'dvd',
          blank: false,
          audioTracks: null,
          dataTracks: null,
          bytes: 3355908096,
          label: 'SMALL & TALL',
          fileSystem: 'udf',
          uuid: '2F1B7A2C-5B6E-3F0D-9C47-1D2E3F405162',
        },
      },
      problem: null,
    });
    assert.equal(audio?.hardware.model, 'DVD-R   UJ-898');
    assert.ok(audio?.content.state === 'loaded');
    const { type, audioTracks, dataTracks, fileSystem } = audio.content.media;
    assert.deepEqual(
      { type, audioTracks, dataTracks, fileSystem },
      { type: 'cd', audioTracks: 12, dataTracks: 0, fileSystem: null },
    );
  });

  it('are empty, starting a disc, or hold a blank one', async () => {
    const states = ['empty', 'starting', 'blank'].map(async (name) => {
      const { content } = await first({
        'drutil status -drive 1': recorded(`drutil-status-${name}.txt`),
        'diskutil info': failed('Could not find disk'),
      });
      return content.state === 'loaded'
        ? `${content.state}, blank ${content.media.blank}`
        : content.state;
    });
    assert.deepEqual(await Promise.all(states), ['empty', 'loading', 'loaded, blank true']);
  });

  it('hold a disc also when the system makes nothing of it', async () => {
    const status = { 'drutil status -drive 1': recorded('drutil-status-dvd.txt') };
    for (const disk of [failed('Could not find disk'), 'no property list', '']) {
      const { content } = await first({ ...status, 'diskutil info': disk });
      assert.ok(content.state === 'loaded');
      assert.equal(content.media.type, 'dvd');
      assert.equal(content.media.label, null);
      assert.equal(content.media.bytes, 1638627 * 2048);
    }
  });

  it('are unknown, not empty, when one does not answer, and the other is told all the same', async () => {
    const answers = { ...twoDrives, 'drutil status -drive 1': failed('took too long') };
    const [stuck, audio] = await drives(answers).platform.list();
    assert.deepEqual(stuck?.content, { state: 'unknown' });
    assert.equal(audio?.content.state, 'loaded');
  });

  it('are looked at one by one, by name', async () => {
    const { platform } = drives(twoDrives);
    assert.equal((await platform.look('drive 2'))?.device, '/dev/disk5');
    assert.equal(await platform.look('drive 3'), null);
    assert.deepEqual((await drives({}).platform.look('drive 1'))?.content, { state: 'unknown' });
  });

  it('let discs out, with force past what holds them', async () => {
    const { platform, asked } = drives({
      ...twoDrives,
      'drutil eject': '',
      'diskutil unmountDisk': '',
    });
    const [dvd] = await platform.list();
    assert.ok(dvd);
    asked.length = 0;
    await platform.eject(dvd, { force: false, signal });
    await platform.eject(dvd, { force: true, signal });
    assert.deepEqual(asked, [
      'drutil eject -drive 1',
      'diskutil unmountDisk force /dev/disk4',
      'drutil eject -drive 1',
    ]);
  });

  it('say in words when a disc does not come out', async () => {
    const { platform } = drives({ ...twoDrives, 'drutil eject': failed('drutil: busy') });
    const [dvd] = await platform.list();
    assert.ok(dvd);
    await assert.rejects(platform.eject(dvd, { force: false, signal }), {
      code: 'eject-failed',
      message: 'macOS did not eject the disc in drive 1',
    });
  });

  it('tell who uses them', async () => {
    const { platform } = drives({ ...twoDrives, lsof: 'p812\ncVLC\np1200\ncmds_stores' });
    const [dvd] = await platform.list();
    assert.ok(dvd);
    assert.deepEqual(await platform.holders(dvd), [
      { kind: 'mount', path: '/Volumes/SMALL & TALL' },
      { kind: 'process', pid: 812, program: 'VLC' },
      { kind: 'process', pid: 1200, program: 'mds_stores' },
    ]);
  });

  it('are said to be missing their program, and untried', async () => {
    const { platform } = drives({});
    const [problem] = await platform.missing();
    assert.equal(problem?.code, 'tool-missing');
    assert.match(
      problem?.message ?? '',
      /does not tell of its optical drives: drutil cannot be run/,
    );
    assert.deepEqual(await drives(twoDrives).platform.missing(), []);
    assert.match(platform.unproven ?? '', /not yet been tried on a real machine/);
  });

  it('are read from any text without a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseDrutilStatus(text);
        parseLsof(text);
        for (const { index } of parseDrutilList(text)) assert.ok(Number.isInteger(index));
      }),
    );
  });
});
