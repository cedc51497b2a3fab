import assert from 'node:assert/strict';
import { RunLog } from '../../../service/makemkv/run-log.ts';

const said = (code: number, ...params: string[]) =>
  ({ type: 'message', code, flags: 0, text: '', params }) as const;

describe('what MakeMKV said in a run', () => {
  const lost = (...codes: number[]) => {
    const log = new RunLog(null);
    for (const code of codes)
      log.take(said(code, 'Posix error - Input/output error', 'a.mkv', '0'));
    return log.failure('MakeMKV stopped', { exitCode: null, tail: [] }).message;
  };

  it('is told up to the reason it was stopped for, however much it said while it ended', () => {
    assert.equal(lost(2018, 5003), lost(2018));
    assert.match(lost(2018, 5003), /\(it was ended, MSG 2018\)/);
  });

  it('is told with all reasons when it ended by itself', () => {
    assert.match(lost(2003, 5003), /\(it was ended, .*MSG 5003\)/);
  });
});
