import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCues } from '../../../../../service/match/references/cues/read-cues.ts';

const cuesOf = (text: string) =>
  readCues(text).cues.map(({ start, end, text }) => [start, end, text]);

describe('Cues', () => {
  it('of an SRT file have times in seconds and lines without mark-up', () => {
    const { format, cues } = readCues(
      '1\r\n00:00:01,200 --> 00:00:02,838\r\n<i>Who put out</i>\r\n{\\an8}the <font color="#fff">lamp</font> &amp; the fire?\r\n\r\n' +
        '2\r\n01:00:04,162 --> 01:00:06,473 X1:100 X2:200\r\n- Nobody.\r\n',
    );
    assert.equal(format, 'srt');
    assert.deepEqual(cues, [
      { start: 1.2, end: 2.838, text: 'Who put out\nthe lamp & the fire?' },
      { start: 3604.162, end: 3606.473, text: '- Nobody.' },
    ]);
  });

  it('of a WebVTT file come without identifiers, notes, styles and voices', () => {
    const { format, cues } = readCues(
      '\ufeffWEBVTT - made by hand\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnothing\n\n' +
        'first\n00:01.000 --> 00:02.500 align:start\n<v Mara>Bring <c.loud>me</c> <00:00:01.500>the wick.\n\n' +
        'NOTE not a line\n\n01:00:00.000 --> 01:00:01.000\nSecond&nbsp;one\n',
    );
    assert.equal(format, 'vtt');
    assert.deepEqual(cues, [
      { start: 1, end: 2.5, text: 'Bring me the wick.' },
      { start: 3600, end: 3601, text: 'Second one' },
    ]);
  });

  it('of an ASS file come in the order of their times, each once, without drawings', () => {
    const { format, cues } = readCues(
      '[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n' +
        'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n' +
        'Dialogue: 0,0:00:05.00,0:00:06.50,Default,,0,0,0,,{\\i1}Second{\\i0}, with a comma\\Nand a line\n' +
        'Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,not said\n' +
        'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,First\n' +
        'Dialogue: 1,0:00:01.00,0:00:02.00,Default,,0,0,0,,First\n' +
        'Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}\n',
    );
    assert.equal(format, 'ass');
    assert.deepEqual(cues, [
      { start: 1, end: 2, text: 'First' },
      { start: 5, end: 6.5, text: 'Second, with a comma\nand a line' },
    ]);
  });

  it('of an SSA file follow the fields that it names', () => {
    const text =
      '[Events]\nFormat: Marked, Start, End, Text\nDialogue: Marked=0,0:00:01.00,0:00:02.00,Hello, you\n';
    assert.deepEqual(cuesOf(text), [[1, 2, 'Hello, you']]);
  });

  const broken: [string, string, unknown[]][] = [
    [
      'without empty lines',
      '1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB',
      [
        [1, 2, 'A'],
        [3, 4, 'B'],
      ],
    ],
    [
      'without numbers',
      '00:00:01,000 --> 00:00:02,000\nA\n\n00:00:03,000 --> 00:00:04,000\nB\n',
      [
        [1, 2, 'A'],
        [3, 4, 'B'],
      ],
    ],
    [
      'with an empty line in a cue, and a number that is said',
      '1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n42\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n',
      [
        [1, 2, 'How many?\n42'],
        [3, 4, 'B'],
      ],
    ],
    [
      'with points, spaces and short parts in its times',
      '1\n0:0:1.5 -> 0:0:2.25\nA\n\n2\n00: 00: 03, 500 --> 00:00:04:000\nB\n',
      [
        [1.5, 2.25, 'A'],
        [3.5, 4, 'B'],
      ],
    ],
    [
      'with its number before the times',
      '1 00:00:01,000 --> 00:00:02,000\nA\n\n2 00:00:03,000 --> 00:00:04,000\nB\n',
      [
        [1, 2, 'A'],
        [3, 4, 'B'],
      ],
    ],
    [
      'with cues that end before they begin, or never',
      '00:00:05,000 --> 00:00:04,000\nA\n\n00:00:06,000 --> 05:00:00,000\nB\n',
      [
        [5, 5, 'A'],
        [6, 36, 'B'],
      ],
    ],
    [
      'cut in the middle of a time',
      '1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:0',
      [[1, 2, 'A']],
    ],
    [
      'with cues that hold nothing, or say who made the file',
      '1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n\n2\n00:00:03,000 --> 00:00:04,000\nSubtitles by somebody\n\n' +
        '3\n00:00:05,000 --> 00:00:06,000\nwww.example.org\n\n4\n00:00:07,000 --> 00:00:08,000\nB\n',
      [[7, 8, 'B']],
    ],
    [
      'counted from hour 10 of a tape',
      '1\n10:00:01,000 --> 10:00:02,000\nA\n\n2\n11:00:01,000 --> 11:00:02,000\nB\n',
      [
        [1, 2, 'A'],
        [3601, 3602, 'B'],
      ],
    ],
  ];
  for (const [name, text, expected] of broken)
    it(`are read from a file ${name}`, () => assert.deepEqual(cuesOf(text), expected));

  const others: [string, string][] = [
    ['an HTML page', '<!DOCTYPE html><html><body>404 -- not found</body></html>'],
    ['nothing', ''],
    ['MicroDVD', '{100}{200}Hello'],
    ['prose', 'Once upon a time, at 10:00, there was\na lamp.'],
  ];
  for (const [name, text] of others)
    it(`are not found in ${name}`, () =>
      assert.deepEqual(readCues(text), { format: null, cues: [] }));

  it('end where no episode goes on, whatever somebody wrote at the end of the tape', () => {
    const text = '00:00:02,000 --> 00:00:03,000\nHello\n\n99:59:58,000 --> 99:59:59,000\nBye\n';
    assert.deepEqual(readCues(text).cues, [{ start: 2, end: 3, text: 'Hello' }]);
  });

  it('of any text are sorted, bounded and made of finite numbers', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...[
          'WEBVTT',
          '[Events]',
          'Dialogue: 0,',
          '0:00:01.00,',
          '00:00:01,000',
          ' --> ',
          '->',
          '\n',
          '\r',
        ],
        ...['1', '<', '{\\', '&#99999999;', '&#x;', ',', ':', '{\\p1}', 'Format: Text, Start, End'],
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { cues } = readCues(pieces.join(''));
        let before = 0;
        for (const { start, end, text } of cues) {
          assert.ok(Number.isFinite(start) && Number.isFinite(end));
          assert.ok(start >= before && end >= start && end - start <= 30.001);
          assert.notEqual(text, '');
          before = start;
        }
      }),
      { numRuns: 2000 },
    );
  });

  const megabyte = 1024 * 1024;
  const bombs: [string, string][] = [
    ['a million cues', '00:00:01,000 --> 00:00:02,000\nA\n'.repeat(1_000_000)],
    ['one line of arrows', '->'.repeat(megabyte)],
    ['open tags', '00:00:01,000 --> 00:00:02,000\n'.concat('<a'.repeat(megabyte))],
    ['open braces', '00:00:01,000 --> 00:00:02,000\n'.concat('{\\'.repeat(megabyte))],
    ['ampersands', '00:00:01,000 --> 00:00:02,000\n'.concat('&amp'.repeat(megabyte))],
    ['empty lines', '00:00:01,000 --> 00:00:02,000\n'.concat('\n'.repeat(2 * megabyte), '->')],
    ['digits', '00:00:01,000 --> 00:00:02,000\n'.concat('1'.repeat(megabyte), '->')],
    ['commas of ASS', '[Events]\n'.concat(`Dialogue: ${','.repeat(megabyte)}`)],
    ['formats of ASS', '[Events]\n'.concat('Format: start,text\n'.repeat(100_000))],
    [
      'drawings of ASS',
      `[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,,,,,${'{\\p'.repeat(megabyte)}`,
    ],
    ['spaces', ' '.repeat(2 * megabyte).concat('->')],
  ];
  for (const [name, text] of bombs)
    it(`of ${name} take no longer than moments`, () => {
      const began = performance.now();
      assert.ok(readCues(text).cues.length <= 20_000);
      assert.ok(performance.now() - began < 5000, `${performance.now() - began} ms`);
    });
});
