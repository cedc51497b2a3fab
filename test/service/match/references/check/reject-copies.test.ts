import assert from 'node:assert/strict';
import { rejectCopies } from '../../../../../service/match/references/check/reject-copies.ts';
import type { Reference } from '../../../../../service/match/references/reference.ts';
import { madeCues } from '../made-subtitles.ts';

let made = 0;
function reference(episode: number, seed: number, changes: Partial<Reference> = {}): Reference {
  made++;
  return {
    id: String(made),
    season: 1,
    episodes: [episode],
    name: null,
    language: 'en',
    source: 'folder',
    origin: `file ${made} of episode ${episode}`,
    cues: madeCues({ seed }),
    ...changes,
  };
}

const outcome = (references: Reference[]) => {
  const { fit, rejected } = rejectCopies(references);
  assert.equal(fit.length + rejected.length, references.length);
  return fit.map((one) => references.indexOf(one));
};

describe('One text under two numbers', () => {
  it('is evidence for neither, and both are told', () => {
    const references = [reference(1, 1), reference(2, 1), reference(3, 3)];
    const { fit, rejected } = rejectCopies(references);
    assert.deepEqual(fit, [references[2]]);
    assert.deepEqual(
      rejected.map(({ code, episodes }) => [code, episodes]),
      [
        ['duplicate-text', [1]],
        ['duplicate-text', [2]],
      ],
    );
    assert.match(rejected[0]?.says ?? '', /same text as episode 2 \(file \d+ of episode 2\)/);
  });

  it('counts for the episode that more files give it to', () => {
    assert.deepEqual(outcome([reference(1, 1), reference(1, 1), reference(2, 1)]), [0, 1]);
  });

  it('counts for the episode that has no other text, when two say so', () => {
    const two = [reference(1, 1), reference(2, 1), reference(2, 2)];
    assert.deepEqual(outcome(two), [2]);
    assert.deepEqual(outcome([...two, reference(2, 3)]), [0, 2, 3]);
  });

  it('is not vouched for by copies of the very same file', () => {
    const same = { id: 'same' };
    assert.deepEqual(outcome([reference(1, 1, same), reference(1, 1, same), reference(2, 1)]), []);
  });

  it('is found with other words at the same times, as a translation has', () => {
    const translated = madeCues({ seed: 1 }).map((cue, n) => ({
      ...cue,
      text: `Zeile Nummer ${n}`,
    }));
    const other = { language: 'de', cues: translated };
    assert.deepEqual(outcome([reference(1, 1), reference(2, 2, other)]), []);
  });

  it('is found at other times', () => {
    const later = madeCues({ seed: 1 }).map((cue) => ({ ...cue, start: cue.start * 1.04 + 7 }));
    assert.deepEqual(outcome([reference(1, 1), reference(2, 1, { cues: later })]), []);
  });

  it('is found in another season', () => {
    assert.deepEqual(outcome([reference(1, 1), reference(1, 1, { season: 2 })]), []);
  });

  it('is no trouble within one episode, nor for a file that holds both', () => {
    assert.deepEqual(outcome([reference(1, 1), reference(1, 1)]), [0, 1]);
    assert.deepEqual(outcome([reference(1, 1), reference(1, 1, { episodes: [1, 2] })]), [0, 1]);
  });

  it('is not what episodes with one opening have', () => {
    const opening = madeCues({ seed: 9, cues: 12, span: 60 });
    const episode = (number: number) =>
      reference(number, number, { cues: [...opening, ...madeCues({ seed: number })] });
    assert.deepEqual(outcome([episode(1), episode(2), episode(3)]), [0, 1, 2]);
  });

  it('under the numbers of a whole season is found quickly', () => {
    const season = Array.from({ length: 200 }, (_, n) =>
      reference(n, 1, { cues: madeCues({ seed: 1, cues: 600, span: 2600 }) }),
    );
    const began = performance.now();
    assert.deepEqual(outcome(season), []);
    assert.ok(performance.now() - began < 5000, `${performance.now() - began} ms`);
  });
});
