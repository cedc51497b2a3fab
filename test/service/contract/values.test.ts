import assert from 'node:assert/strict';
import { IdentityStatement } from '../../../service/contract/identity.ts';
import { JobSet } from '../../../service/contract/job.ts';

describe('what people and flows may call things', () => {
  const cases = [
    { said: 'Amélie (2001)', kept: 'Amélie (2001)' },
    { said: 'a\u0000b\u001b[2J\nc', kept: 'ab[2Jc' },
    { said: '\u202egpj.exe\u2066', kept: 'gpj.exe' },
    { said: '../../x', kept: '../../x' },
  ];
  for (const { said, kept } of cases)
    it(`keeps ${JSON.stringify(said)} as ${JSON.stringify(kept)}`, () => {
      assert.equal(IdentityStatement.parse({ title: said }).title, kept);
      const match = { kind: 'extra' as const, name: said };
      const set = JobSet.parse({ titles: [{ id: 't01', match }] });
      assert.equal(set.titles?.[0]?.match?.name, kept);
    });
});
