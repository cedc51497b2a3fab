import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createLog } from '../../../service/cli/log.ts';

describe('the log for people', () => {
  it('shows time, level and words, and nothing that a disc label could do to a terminal', () => {
    const locale = mock.method(Date.prototype, 'toLocaleTimeString');
    const lines: string[] = [];
    const log = createLog({ level: 'info', format: 'pretty' }, (said) => lines.push(said));
    log.warn({ label: 'A\u009b2J', hint: 'Look.' }, 'Nothing of \u001b]0;x\u0007 has been read');
    const [line = ''] = lines.map(stripVTControlCharacters);
    const words = 'Nothing of  ]0;x  has been read  label="A 2J"';
    assert.equal(line.replace(/^\d\d:\d\d:\d\d/, ''), ` warn  ${words}\n        Look.`);
    assert.equal(locale.mock.callCount(), 0);
    locale.mock.restore();
  });
});
