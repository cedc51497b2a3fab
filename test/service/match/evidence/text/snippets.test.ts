import assert from 'node:assert/strict';
import { scoreSnippets, snippetsOf } from '../../../../../service/match/evidence/text/snippets.ts';
import { standingOf } from '../../../../../service/match/evidence/text/standing.ts';
import { createTextScorer } from '../../../../../service/match/evidence/text/text-scorer.ts';
import { makeSeason } from './made-season.ts';

describe('Snippets of subtitles', () => {
  const season = makeSeason(12, 'snippets');
  const scorer = createTextScorer(season);

  it('tell the episode, wherever the title begins', () => {
    const offset = 37;
    const alignments = season.map(() => ({ offset, speed: 1 }));
    for (const [index, { cues }] of season.entries()) {
      const shown = cues.map((cue) => ({
        ...cue,
        start: cue.start + offset,
        end: cue.end + offset,
      }));
      const snippets = snippetsOf(shown, { count: 3 });
      assert.equal(snippets.length, 3);
      for (const given of [alignments, undefined]) {
        const standing = standingOf(scoreSnippets(scorer, snippets, given), season);
        assert.equal(standing.best, index);
        assert.ok(standing.ratio > 4, `${standing.ratio}`);
      }
    }
  });

  it('are none where hardly anything is said', () => {
    assert.deepEqual(snippetsOf([]), []);
    assert.deepEqual(snippetsOf([{ start: 30, end: 32, text: 'PIER 39' }]), []);
    assert.deepEqual(scoreSnippets(scorer, []), []);
  });
});
