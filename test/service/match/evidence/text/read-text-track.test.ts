import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackets } from '../../../../../service/match/evidence/text/read-packets.ts';
import { readTextTrack } from '../../../../../service/match/evidence/text/read-text-track.ts';
import { formatSrt } from '../../../../authoring/srt.ts';
import { makeMkv, programsOrSkip } from '../media.ts';

const cues = [
  { start: 1, end: 3, text: 'The lamp is out.' },
  { start: 5, end: 7.5, text: '- Who is there?\n- Nobody.' },
  { start: 45.12, end: 47, text: 'La lampe est éteinte.' },
];
const ass = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\i1}The lamp{\\i0} is out.
Dialogue: 0,0:00:05.00,0:00:07.50,Default,Ann,0,0,0,,- Who is there?\\N- Nobody.
Dialogue: 0,0:00:45.12,0:00:47.00,Default,,0,0,0,,{\\pos(10,10)}La lampe est éteinte.
`;

describe('A text subtitle track', () => {
  let folder: string;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg'>>>;

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg']);
    folder = await mkdtemp(join(tmpdir(), 'discflow-text-'));
  });
  after(() => folder && rm(folder, { recursive: true }));

  async function fileWith(name: string, text: string): Promise<string> {
    const input = join(folder, name);
    await writeFile(input, text);
    return makeMkv(folder, { name: `${name}.mkv`, seconds: 60, inputs: [input] });
  }

  const marked = formatSrt(cues).replace('The lamp is out.', '<i>The <b>lamp</b> is out.</i>');
  const vtt = `WEBVTT\n\n${formatSrt(cues).replaceAll(',', '.')}`;
  for (const [name, text] of Object.entries({ 'a.srt': marked, 'a.ass': ass, 'a.vtt': vtt }))
    it(`is read without its mark-up (${name.slice(2)})`, async () => {
      const file = await fileWith(name, text);
      assert.deepEqual(await readTextTrack(tools, { file, stream: 1 }), cues);
    });

  it('can be read at one place alone, with the times of the file', async () => {
    const file = await fileWith('b.srt', formatSrt(cues));
    const place = { start: 40, seconds: 10 };
    const { codec, packets } = await readPackets(tools, { file, stream: 1, place });
    assert.equal(codec, 'S_TEXT/UTF8');
    assert.deepEqual(
      packets.map(({ start, end }) => [start, end]),
      [[45.12, 47]],
    );
  });

  it('that is no text says so', async () => {
    const file = await fileWith('c.srt', formatSrt(cues));
    await assert.rejects(readTextTrack(tools, { file, stream: 0 }), { code: 'tool-failed' });
    await assert.rejects(readTextTrack(tools, { file, stream: 7 }), { code: 'tool-failed' });
  });

  it('ends its reading when it is cancelled', async () => {
    const file = await fileWith('d.srt', formatSrt(cues));
    const cancelled = { ...tools, signal: AbortSignal.abort() };
    await assert.rejects(readTextTrack(cancelled, { file, stream: 1 }), { code: 'cancelled' });
  });
});
