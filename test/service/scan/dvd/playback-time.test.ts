import assert from 'node:assert/strict';
import { playbackTime, roundSeconds } from '../../../../service/scan/dvd/playback-time.ts';

describe('playback time', () => {
  const cases: [string, number[], number][] = [
    ['counts 25 frames a second on PAL', [0x01, 0x02, 0x03, 0x40 | 0x12], 3723.48],
    ['stretches NTSC to the real frame rate', [0x00, 0x02, 0x59, 0xc0 | 0x25], 180.013167],
    ['takes an hour of NTSC for 3.6 s more', [0x01, 0x00, 0x00, 0xc0], 3603.6],
    ['is zero for an empty field', [0, 0, 0, 0], 0],
  ];
  for (const [name, bytes, seconds] of cases)
    it(name, () => assert.equal(roundSeconds(playbackTime(Buffer.from(bytes), 0)), seconds));

  it('refuses what is not decimal', () =>
    assert.throws(() => playbackTime(Buffer.from([0, 0x1a, 0, 0x40]), 0), {
      code: 'disc-unreadable',
    }));
});
