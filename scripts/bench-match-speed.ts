// npm run bench:match-speed [-- --folder DIR]: how long it takes to compare a title of 44 minutes with 24 episodes.
// Needs ffmpeg, mkvtoolnix, and 4 GB in the folder, where the title is kept for the next time, or for temporary files.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createToolFinder } from '../service/tools/find.ts';
import { createToolRunner } from '../service/tools/run.ts';
import { measureSpeed, speedInWords } from '../test/bench/match/speed.ts';
import { makeSpeedTitle } from '../test/bench/match/speed-title.ts';
import { timeWhisper } from '../test/bench/match/whisper-pass.ts';

const run = createToolRunner();
const { find } = createToolFinder({ run });
const { signal } = new AbortController();
const { values } = parseArgs({ options: { folder: { type: 'string' } } });
const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'match-speed-')));
try {
  const title = await makeSpeedTitle(folder);
  const lines = await measureSpeed(title, { run, find, signal });
  console.log(`${availableParallelism()} × ${cpus()[0]?.model.trim()}`);
  for (const line of lines) console.log(speedInWords(line));
  const whisper = await timeWhisper(title.files.pgs, folder, { run, find, signal });
  console.log(
    whisper === null
      ? 'whisper-base: transformers.js cannot be installed here'
      : `whisper-base, ten times 30 s        | ${(whisper / 1000).toFixed(2)} s | ${lines.map(({ what, ms }) => `${(whisper / ms).toFixed(0)} × ${what}`).join(', ')}`,
  );
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true });
}
