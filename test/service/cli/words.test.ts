import assert from 'node:assert/strict';
import { problemInWords } from '../../../service/cli/problem-words.ts';
import { sinceWhen } from '../../../service/cli/since.ts';
import { tableOf } from '../../../service/cli/table.ts';
import { printable } from '../../../service/cli/words.ts';
import { RequestError } from '../../../service/contract/client.ts';
import { durationInWords } from '../../../service/duration-in-words.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { sizeInWords } from '../../../service/size-in-words.ts';

const plain = (_colour: unknown, text: string) => text;

describe('Words for people', () => {
  const sizes: [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [14_520_320, '14.5 MB'],
    [8_540_000_000, '8.5 GB'],
  ];
  for (const [bytes, words] of sizes)
    it(`calls ${bytes} bytes "${words}"`, () => assert.equal(sizeInWords(bytes), words));

  const times: [number, string][] = [
    [-3, '0:00'],
    [62.4, '1:02'],
    [3600, '1:00:00'],
    [6125, '1:42:05'],
  ];
  for (const [seconds, words] of times)
    it(`calls ${seconds} seconds "${words}"`, () => assert.equal(durationInWords(seconds), words));

  it('lets no label steer the terminal', () => {
    assert.equal(printable('A\u001b[2J\nB\u202eC'), 'A [2J B C');
  });

  it('lines columns up without counting colours, and leaves empty ones out', () => {
    const rows = ['\u001b[31ma\u001b[39m', 'bcd'];
    const lines = tableOf(
      [
        { heading: 'X', cell: (row) => row },
        { heading: 'EMPTY', cell: () => '' },
        { heading: 'N', cell: (row) => String(row.length), align: 'right' },
      ],
      rows,
    );
    assert.deepEqual(lines, ['X     N', '\u001b[31ma\u001b[39m    11', 'bcd   3']);
  });

  const problems: { of: string; error: unknown; words: string }[] = [
    {
      of: 'ours',
      error: new DiscflowError('bad-request', 'No.', { hint: 'Try yes.' }),
      words: '✗ No.\n  Try yes.',
    },
    {
      of: "the service's",
      error: new RequestError('unknown-job', 'No such job.', 'See the list.'),
      words: '✗ No such job.\n  See the list.',
    },
    {
      of: 'an unexpected one',
      error: new TypeError('x is not a function'),
      words:
        '✗ Something unexpected went wrong: x is not a function\n' +
        '  Please report it, with what it says when DISCFLOW_LOG_LEVEL=debug is set.',
    },
  ];
  for (const { of, error, words } of problems)
    it(`puts an error (${of}) into words without a stack trace`, () =>
      assert.equal(problemInWords(error, plain), words));
});

describe('How long ago', () => {
  const now = Date.parse('2026-03-08T12:00:00Z');
  const spans: [string, string][] = [
    ['30m', '2026-03-08T11:30:00.000Z'],
    ['12h', '2026-03-08T00:00:00.000Z'],
    ['7d', '2026-03-01T12:00:00.000Z'],
    ['2W', '2026-02-22T12:00:00.000Z'],
    ['999999d', '1970-01-01T00:00:00.000Z'],
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ];
  for (const [text, at] of spans)
    it(`understands "${text}"`, () => assert.equal(sinceWhen(text, now), at));

  it('takes a date alone as midnight here', () => {
    assert.equal(sinceWhen('2026-03-01'), new Date(2026, 2, 1).toISOString());
  });

  for (const text of ['', 'yesterday', '7', '7 parsecs', '2026-13-45'])
    it(`refuses "${text}" with a hint`, () => {
      assert.throws(() => sinceWhen(text, now), { code: 'bad-request', hint: /12h, 7d, 2w/ });
    });
});
