import assert from 'node:assert/strict';
import { DiscflowError } from '../../../../service/errors.ts';
import { isDamage, readFailure } from '../../../../service/scan/medium/read-failure.ts';

describe('read failure', () => {
  const systemError = (code: string, errno = -1) => Object.assign(new Error(code), { code, errno });

  const cases: [string, Error, string, boolean][] = [
    ['a bad sector', systemError('EIO'), 'read-error', true],
    ['an empty drive', systemError('Unknown system error -123', -123), 'disc-removed', false],
    ['a drive that went away', systemError('ENXIO'), 'disc-removed', false],
    ['a drive that was unplugged', systemError('ENODEV'), 'disc-removed', false],
    ['a share that went away', systemError('ESTALE'), 'disc-removed', false],
    ['a drive in use', systemError('EBUSY'), 'drive-busy', false],
    ['a drive without permission', systemError('EACCES'), 'disc-unreadable', true],
  ];
  for (const [name, error, code, damage] of cases)
    it(`at ${name} is ${code}`, () => {
      const failure = readFailure(error, 'sector 7 of X');
      assert.ok(failure instanceof DiscflowError);
      assert.equal(failure.code, code);
      assert.match(failure.message, /sector 7 of X/);
      assert.equal(failure.cause, error);
      assert.equal(isDamage(failure), damage);
    });

  it('leaves other errors alone', () => {
    const error = new TypeError('a mistake of ours');
    assert.equal(readFailure(error, 'x'), error);
  });
});
