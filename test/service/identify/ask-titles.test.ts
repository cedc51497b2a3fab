import assert from 'node:assert/strict';
import type { TitleRole } from '../../../service/contract/title.ts';
import { askTitles } from '../../../service/identify/ask-titles.ts';
import { structureOf } from '../../../service/identify/structure/structure.ts';
import { factsOfScanned } from '../../../service/identify/structure/title-facts.ts';
import { titlesOf } from '../../../service/identify/titles.ts';
import type { BlurayScan } from '../../../service/scan/record.ts';
import { findRelations } from '../../../service/scan/relations.ts';
import { playlist } from '../scan/bluray-titles.ts';
import { jobFor } from './job-under-test.ts';

/** Twelve orders of the film's four parts, and a featurette. */
function obfuscatedScan(): BlurayScan {
  const parts = [1, 2, 3, 4].map((clip) => `0000${clip} 0-${1200 + 100 * clip}`);
  const orders = parts.flatMap((first) =>
    parts
      .filter((part) => part !== first)
      .map((second) => [first, second, ...parts.filter((p) => p !== first && p !== second)]),
  );
  const titles = [
    ...orders.map((order, index) => playlist(800 + index, ...order)),
    playlist(20, '00020 0-700'),
  ];
  return {
    v: 1,
    structure: 'mpls',
    kind: 'bluray',
    source: '/dev/sr0',
    label: 'KNIVES',
    name: null,
    fingerprint: '0'.repeat(32),
    globalId: null,
    bytes: 40e9,
    encryption: null,
    unreadable: [],
    damaged: [],
    titles: findRelations(titles),
  };
}

function asked({ described = new Map<number, TitleRole>() } = {}) {
  const scan = obfuscatedScan();
  const structure = structureOf(scan.titles.map(factsOfScanned));
  const job = jobFor('/dev/sr0');
  const kind = structure.kinds[0]?.kind ?? 'unknown';
  job.titles = titlesOf({ scan, structure, kind, set: {}, described, before: [] });
  askTitles(job, structure);
  return job;
}

describe('the question which title is the film', () => {
  it('is asked of an obfuscated disc, with some candidates, before anything of it is read', () => {
    const { questions, titles } = asked();
    assert.deepEqual(
      titles.filter(({ wanted }) => wanted).map(({ id }) => id),
      ['t20'],
    );
    const [question] = questions;
    assert.equal(question?.kind, 'titles');
    assert.equal(
      question?.text,
      'Which title of this disc is the film? It is hidden among 12 that look alike.',
    );
    assert.deepEqual(
      question?.candidates.map(({ id, titles: chosen }) => [id, chosen]),
      [
        ['t800', ['t800']],
        ['t801', ['t801']],
        ['t802', ['t802']],
      ],
    );
    assert.equal(question?.default, 't800');
    assert.equal(question?.titles.length, 12);
  });

  it('is not asked when a catalogue knows the title', () => {
    const { questions, titles } = asked({ described: new Map([[807, 'main']]) });
    assert.deepEqual(questions, []);
    assert.deepEqual(
      titles.filter(({ wanted }) => wanted).map(({ id }) => id),
      ['t20', 't807'],
    );
  });
});
