import assert from 'node:assert/strict';
import { readIdentity } from '../../../service/identify/reading.ts';
import type { KindGuess } from '../../../service/identify/structure/kinds.ts';

const film: KindGuess[] = [{ kind: 'movie', probability: 0.9, says: 'one title', against: null }];
const series: KindGuess[] = [{ kind: 'tv', probability: 0.9, says: 'alike', against: null }];
const doubtful: KindGuess[] = [
  { kind: 'tv', probability: 0.6, says: 'two alike', against: null },
  { kind: 'movie', probability: 0.3, says: 'two cuts', against: null },
];

function read(label: string, source: string, kinds: KindGuess[], name: string | null = null) {
  const createdAt = '2026-03-04T10:00:00.000Z';
  return readIdentity({ label, name, source, kinds, stated: {}, createdAt });
}

interface Case {
  what: string;
  label: string;
  source: string;
  kinds: KindGuess[];
  text: string;
  candidates: string[];
  named?: false;
}

const cases: Case[] = [
  {
    what: 'a label alone',
    label: 'LONG_MERIDIAN',
    source: '/dev/sr0',
    kinds: film,
    text: 'Is this disc "Long Meridian"?',
    candidates: ['label Film: Long Meridian'],
  },
  {
    what: 'a file name that spells the label out',
    label: 'LONG_MERIDIAN',
    source: '/discs/Long Meridian (2019).iso',
    kinds: film,
    text: 'Is this disc "Long Meridian (2019)"?',
    candidates: ['label Film: Long Meridian (2019)'],
  },
  {
    what: 'a file name where the label says nothing',
    label: 'DVD_VIDEO',
    source: '/discs/The Long Meridian (2019).iso',
    kinds: film,
    text: 'Is this disc "The Long Meridian (2019)"?',
    candidates: ['file Film: The Long Meridian (2019)'],
  },
  ...['LONG_MERIDIAN.bridge', 'LONG_MERIDIAN.dvdsize', 'Long Meridian.udf250'].map((name) => ({
    what: `a file name with an extension more: ${name}`,
    label: 'LONG_MERIDIAN',
    source: `/discs/${name}.iso`,
    kinds: film,
    text: 'Is this disc "Long Meridian"?',
    candidates: ['label Film: Long Meridian'],
  })),
  ...['Dr.Strangelove', 'Mr. Strangelove', 'Strangelove Vol.2'].map((name) => ({
    what: `a file name with a dot of its own: ${name}`,
    label: 'DVD_VIDEO',
    source: `/discs/${name}.iso`,
    kinds: film,
    text: `Is this disc "${name.replace('Dr.', 'Dr ').replace('Vol.', 'Vol. ')}"?`,
    candidates: [`file Film: ${name.replace('Dr.', 'Dr ').replace('Vol.', 'Vol. ')}`],
  })),
  {
    what: 'a file name that contradicts the label',
    label: 'LONG_MERIDIAN',
    source: '/discs/Holiday.iso',
    kinds: film,
    text: 'Is this disc "Long Meridian"?',
    candidates: ['label Film: Long Meridian', 'file Film: Holiday'],
  },
  {
    what: 'season and disc',
    label: 'HARBOUR_LIGHTS_S2_D3',
    source: '/dev/sr0',
    kinds: series,
    text: 'Is this disc "Harbour Lights", season 2, disc 3?',
    candidates: ['label Series: Harbour Lights S2 D3'],
  },
  {
    what: 'a season on a disc that looks like a film',
    label: 'HARBOUR_LIGHTS_S2',
    source: '/dev/sr0',
    kinds: film,
    text: 'Is this disc "Harbour Lights", season 2?',
    candidates: ['label Series: Harbour Lights S2', 'as-movie Film: Harbour Lights'],
  },
  {
    what: 'a doubtful structure',
    label: 'TWO_OF_THEM',
    source: '/dev/sr0',
    kinds: doubtful,
    text: 'Is this disc "Two of Them"?',
    candidates: ['label Series: Two of Them', 'as-movie Film: Two of Them'],
  },
  {
    what: 'a bonus disc',
    label: 'MATRIX_BONUS_DISC',
    source: '/dev/sr0',
    kinds: film,
    text: 'Is this disc "Matrix"?',
    candidates: ['label Extras: Matrix', 'as-movie Film: Matrix'],
  },
  {
    what: 'nothing',
    label: 'DVD_VIDEO',
    source: '/dev/sr0',
    kinds: film,
    text: 'What is this disc? Its label "DVD_VIDEO" does not say.',
    candidates: ['unknown Film: Unknown disc 2026-03-04'],
    named: false,
  },
  {
    what: 'no label at all',
    label: '',
    source: '/discs/dvd.iso',
    kinds: series,
    text: 'What is this disc? It has no label.',
    candidates: ['unknown Series: Unknown disc 2026-03-04'],
    named: false,
  },
];

describe('readIdentity', () => {
  for (const { what, label, source, kinds, text, candidates, named = true } of cases)
    it(`asks the right question of ${what}`, () => {
      const reading = read(label, source, kinds);
      assert.equal(reading.text, text);
      assert.deepEqual(
        reading.candidates.map((candidate) => `${candidate.id} ${candidate.label}`),
        candidates,
      );
      assert.equal(reading.named, named);
      assert.equal(reading.identity.title === null, !named);
    });

  it('leaves other kinds no more than the kind that the label names leaves them', () => {
    const kinds: KindGuess[] = [
      { kind: 'tv', probability: 0.9, says: 'a', against: null },
      { kind: 'extras', probability: 0.09, says: 'b', against: null },
    ];
    const { identity } = read('HARBOUR_LIGHTS_S1', '/dev/sr0', kinds);
    const says = identity.evidence.filter(({ source }) => source === 'structure');
    assert.deepEqual(
      says.map(({ says }) => says),
      ['Series, 97 %: a season is named, and the structure agrees', 'Extras, 3 %: b'],
    );
  });

  it('gives each candidate the words of its own name', () => {
    const { candidates } = read('LONG_MERIDIAN', '/discs/Holiday.iso', film);
    assert.deepEqual(
      candidates.map(({ evidence }) => evidence.map(({ source }) => source)),
      [
        ['label', 'structure'],
        ['file-name', 'structure'],
      ],
    );
  });

  it('is surer where label and file name agree, and hardly where nothing speaks', () => {
    const probabilities = [
      read('LONG_MERIDIAN', '/discs/Long Meridian (2019).iso', film),
      read('LONG_MERIDIAN', '/dev/sr0', film),
      read('LONG_MERIDIAN', '/discs/Holiday.iso', film),
      read('DVD_VIDEO', '/dev/sr0', film),
    ].map(({ identity }) => identity.probability);
    assert.deepEqual(
      probabilities,
      [...probabilities].sort((a, b) => b - a),
    );
    assert.equal(new Set(probabilities).size, 4);
  });

  it('counts an image that is named like its label as one witness', () => {
    const { evidence } = read('LONG_MERIDIAN', '/discs/LONG_MERIDIAN.iso', film).identity;
    assert.deepEqual(
      evidence.map(({ source }) => source),
      ['label', 'structure'],
    );
  });

  it('keeps hostile names out of question and evidence', () => {
    const { text, candidates } = read('A\u202e\u0000B', '/discs/\u202eX\nY.iso', film);
    assert.doesNotMatch(JSON.stringify({ text, candidates }), /\\u|\\n|\u202e/);
  });

  describe('of a Blu-ray that names itself', () => {
    const own: [what: string, label: string, name: string, candidates: string[]][] = [
      [
        'spells as it does where the label agrees',
        'LONG_MERIDIAN',
        'The Long Meridian™ - Blu-ray Disc',
        ['disc-name Film: The Long Meridian'],
      ],
      [
        'takes its own name for the label where that says nothing',
        'BDROM',
        'Long Meridian',
        ['disc-name Film: Long Meridian'],
      ],
      [
        'goes by the label where it says nothing',
        'LONG_MERIDIAN',
        'Blu-ray Disc',
        ['label Film: Long Meridian'],
      ],
      [
        'believes it before a label that says something else',
        'XMAS_PROMO',
        'Long Meridian',
        ['disc-name Film: Long Meridian', 'label Film: Xmas Promo'],
      ],
    ];
    for (const [what, label, name, candidates] of own)
      it(what, () => {
        const { candidates: offered, identity } = read(label, '/dev/sr0', film, name);
        assert.deepEqual(
          offered.map((candidate) => `${candidate.id} ${candidate.label}`),
          candidates,
        );
        assert.equal(
          identity.evidence.some(({ source }) => source === 'disc-name'),
          candidates[0]?.startsWith('disc-name'),
        );
      });

    it('adds what the label knows and it does not say', () => {
      const { identity } = read('HARBOUR_LIGHTS_S2_D3', '/dev/sr0', series, 'Harbour Lights');
      assert.deepEqual([identity.season, identity.disc], [2, 3]);
    });

    it('is surer where its own name and the label agree', () => {
      const alone = read('BDROM', '/dev/sr0', film, 'Long Meridian').identity.probability;
      const agreed = read('LONG_MERIDIAN', '/dev/sr0', film, 'Long Meridian').identity.probability;
      const byLabel = read('LONG_MERIDIAN', '/dev/sr0', film).identity.probability;
      assert.ok(agreed > alone && alone > byLabel);
    });
  });
});
