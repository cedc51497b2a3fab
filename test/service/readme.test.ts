import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readmePath, withGeneratedParts } from '../../scripts/readme.ts';

describe('the README', () => {
  it('says what the code says: configuration, operations and states (npm run docs)', () => {
    const readme = readFileSync(readmePath, 'utf8');
    assert.equal(readme, withGeneratedParts(readme));
  });
});
