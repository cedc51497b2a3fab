import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { documents, withGeneratedParts } from '../../scripts/readme.ts';

describe('the documentation', () => {
  for (const [path, sections] of documents)
    it(`says what the code says (npm run docs): ${basename(path)}`, () => {
      const document = readFileSync(path, 'utf8');
      assert.equal(document, withGeneratedParts(document, sections));
    });
});
