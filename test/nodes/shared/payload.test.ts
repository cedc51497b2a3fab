import assert from 'node:assert/strict';
import { payloadOf } from '../../../nodes/shared/payload.ts';
import { question, snapshot, title } from '../snapshots.ts';

const LIMIT_BYTES = 64 * 1024;

describe('msg.payload', () => {
  it('is the job without the handoffs', () => {
    const job = snapshot();
    const { handoffs: _handoffs, ...rest } = job;
    assert.deepEqual(payloadOf(job, []), rest);
  });

  it('leaves the tracks in place while all fits', () => {
    const audio = [{ codec: 'ac3', language: 'en', channels: 6, kind: 'normal' }] as const;
    const job = snapshot({ titles: [title({ audio: [...audio] })] });
    assert.equal(payloadOf(job, []).titles[0]?.audio.length, 1);
  });

  it('is at most 64 KB, and keeps the wanted titles longest', () => {
    const evidence = Array.from({ length: 10 }, () => ({
      source: 'x',
      says: 'y'.repeat(300),
      weight: 1,
    }));
    const match = {
      kind: 'episode',
      season: 1,
      episodes: [1],
      name: 'n',
      probability: 1,
      decidedBy: 'evidence',
      evidence,
    } as const;
    const titles = Array.from({ length: 300 }, (_, index) =>
      title({
        id: `t${String(index).padStart(3, '0')}`,
        wanted: index < 20,
        related: Array.from({ length: 99 }, () => 't01'),
        match: { ...match, episodes: [1], evidence },
      }),
    );
    const payload = payloadOf(snapshot({ titles, questions: [question()] }), []);
    assert.ok(Buffer.byteLength(JSON.stringify(payload)) <= LIMIT_BYTES);
    assert.equal(payload.titles.filter(({ wanted }) => wanted).length, 20);
  });
});
