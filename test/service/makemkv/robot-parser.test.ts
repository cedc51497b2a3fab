import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatRobotLine, parseRobotLine } from '../../../service/makemkv/robot-line.ts';
import { createRobotParser } from '../../../service/makemkv/robot-parser.ts';
import type { RobotRecord } from '../../../service/makemkv/robot-record.ts';
import { capturesOrSkip } from './captures.ts';

function parse(...chunks: (string | Uint8Array)[]) {
  const records: RobotRecord[] = [];
  const parser = createRobotParser((record) => records.push(record));
  for (const chunk of chunks)
    parser.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  parser.end();
  return { records, oddities: parser.oddities };
}

/** Lines that show the whole grammar, made up in its shapes. */
const LINES = [
  'MSG:1005,0,1,"MakeMKV v1.18.3 linux(x64-release) started","%1 started","MakeMKV v1.18.3"',
  'MSG:5072,131072,1,"Backing up into \\"file:///x\\"","Backing up into \\"%1\\"","file:///x"',
  'MSG:3344,0,1,"Java from C:\\\\Java\\\\bin","Java from %1","C:\\\\Java\\\\bin"',
  'MSG:5010,0,0,"Failed, to open","Failed, to open"',
  'PRGT:5024,0,"Saving all titles to MKV files"',
  'PRGC:5017,3,"Saving to MKV file"',
  'PRGV:10749,10078,65536',
  'DRV:0,2,999,12,"BD-RE HL-DT-ST 1.05 X1","FILM","/dev/sr0"',
  'TCOUNT:12',
  'CINFO:31,6119,"<b>Source</b><br>"',
  'TINFO:0,26,0,"1-25,26-36,37"',
  'SINFO:0,1,5,0,"A_AC3"',
] as const;

describe('the robot parser', () => {
  const cases: [string, string, RobotRecord][] = [
    [
      'a message with escapes',
      LINES[1],
      {
        type: 'message',
        code: 5072,
        flags: 131072,
        text: 'Backing up into "file:///x"',
        params: ['file:///x'],
      },
    ],
    [
      'a Windows path',
      LINES[2],
      {
        type: 'message',
        code: 3344,
        flags: 0,
        text: 'Java from C:\\Java\\bin',
        params: ['C:\\Java\\bin'],
      },
    ],
    [
      'commas in a value',
      LINES[10],
      { type: 'attribute', title: 0, stream: null, attribute: 26, code: 0, value: '1-25,26-36,37' },
    ],
    [
      'markup',
      LINES[9],
      {
        type: 'attribute',
        title: null,
        stream: null,
        attribute: 31,
        code: 6119,
        value: '<b>Source</b><br>',
      },
    ],
    [
      'a stream',
      LINES[11],
      { type: 'attribute', title: 0, stream: 1, attribute: 5, code: 0, value: 'A_AC3' },
    ],
    [
      'a drive',
      LINES[7],
      {
        type: 'drive',
        index: 0,
        state: 2,
        flags: 12,
        name: 'BD-RE HL-DT-ST 1.05 X1',
        label: 'FILM',
        device: '/dev/sr0',
      },
    ],
    ['the whole operation', LINES[4], { type: 'operation', code: 5024, id: 0 }],
    ['the current operation', LINES[5], { type: 'current', code: 5017, id: 3 }],
    ['progress', LINES[6], { type: 'progress', current: 10749, total: 10078, max: 65536 }],
    ['a count', LINES[8], { type: 'count', titles: 12 }],
    ['a count as the usage text spells it', 'TCOUT:3', { type: 'count', titles: 3 }],
    ['a record of the future', 'DINFO:7,"x"', { type: 'unknown', name: 'DINFO' }],
  ];
  for (const [what, line, record] of cases)
    it(`reads ${what}`, () => assert.deepEqual(parse(`${line}\n`).records, [record]));

  it('takes bytes that are cut anywhere, and CR LF', () => {
    const bytes = new TextEncoder().encode(`${LINES.join('\r\n')}\r\nCINFO:2,0,"Zoë, déjà vu"\n`);
    const whole = parse(bytes).records;
    assert.equal(whole.length, LINES.length + 1);
    assert.deepEqual(parse(...Array.from(bytes, (byte) => Uint8Array.of(byte))).records, whole);
  });

  it('reads on where bytes are no UTF-8, fields are missing or too many, and quotes stay open', () => {
    const { records, oddities } = parse(
      Uint8Array.of(...new TextEncoder().encode('CINFO:2,0,"'), 0xe9, 0x22, 10),
      'MSG:5010\nPRGV:1,2,65536,9\nTINFO:1,27,0,"open\nUsage: makemkvcon\n\nTCOUNT:x\n',
    );
    assert.deepEqual(
      records.map((record) => ('value' in record ? record.value : record.type)),
      ['\ufffd', 'message', 'progress', 'open', 'count'],
    );
    assert.deepEqual(oddities, {
      text: 1,
      unknown: 0,
      missingFields: 1,
      additionalFields: 1,
      unsound: 1,
      overlong: 0,
    });
  });

  it('cuts a line without an end instead of keeping it', () => {
    const { records, oddities } = parse(
      `CINFO:2,0,"${'x'.repeat(1_000_000)}`,
      'y'.repeat(500_000),
      '"\nTCOUNT:1\n',
    );
    assert.equal(oddities.overlong, 1);
    assert.deepEqual(records.at(-1), { type: 'count', titles: 1 });
    const [cut] = records;
    assert.ok(cut?.type === 'attribute' && cut.value.length < 70_000);
  });

  it('writes every line again as it was', () => {
    for (const line of LINES) {
      const parsed = parseRobotLine(line);
      assert.ok(parsed?.sound);
      assert.equal(formatRobotLine(parsed), line);
    }
  });

  it('survives 10,000 mutated lines in bounded time', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...LINES),
        fc.array(
          fc.tuple(fc.nat(200), fc.constantFrom('', '"', '\\', ',', ':', '\r', '\0', 'é', '9')),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
      )
      .map(([line, edits]) =>
        edits.reduce(
          (text, [at, by]) =>
            text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1),
          line as string,
        ),
      );
    const started = performance.now();
    let read = 0;
    fc.assert(
      fc.property(mutated, (line) => {
        const { records } = parse(`${line}\n`, 'TCOUNT:7\n');
        assert.deepEqual(records.at(-1), { type: 'count', titles: 7 });
        read++;
      }),
      { numRuns: 10_000 },
    );
    assert.ok(read >= 10_000);
    const ms = performance.now() - started;
    assert.ok(ms < 20_000, `${ms} ms`);
  }).timeout(60_000);

  it('takes any text as a value and gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, number) => {
        const fields = [
          { text: String(number), quoted: false },
          { text: text.replace(/\n/g, ' '), quoted: true },
        ];
        const line = formatRobotLine({ name: 'CINFO', fields });
        assert.deepEqual(parseRobotLine(line), { name: 'CINFO', fields, sound: true });
      }),
    );
  });

  it('reads all real output without loss', async function () {
    this.timeout(30_000);
    for (const { name, bytes } of await capturesOrSkip(this)) {
      const lines = bytes.toString('utf8').split(/\r?\n/).filter(Boolean);
      const { records, oddities } = parse(bytes);
      assert.equal(records.length, lines.length, name);
      // Upstream adds check sums of files to one of them; they are not MakeMKV's.
      const unknown = lines.filter((line) => line.startsWith('HSH:')).length;
      const none = { text: 0, missingFields: 0, additionalFields: 0, unsound: 0, overlong: 0 };
      assert.deepEqual(oddities, { ...none, unknown }, name);
      for (const line of lines) {
        const parsed = parseRobotLine(line);
        assert.equal(parsed && formatRobotLine(parsed), line, name);
      }
    }
  });
});
