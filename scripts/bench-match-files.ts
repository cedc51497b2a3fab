// npm run bench:match-files [-- --show ferry --variation exchanged --json --asked]: how well titles of discs that are
// made here, with speech, VobSub, PGS, captions and text, are matched with good and bad references.
import { parseArgs } from 'node:util';
import { createToolFinder } from '../service/tools/find.ts';
import { createToolRunner } from '../service/tools/run.ts';
import {
  fileInWords,
  filesDefinitions,
  filesRowInWords,
  isReached,
} from '../test/bench/match-files/report.ts';
import { runFiles } from '../test/bench/match-files/run-files.ts';
import { shows, strangeShow } from '../test/bench/match-files/shows.ts';
import { variations } from '../test/bench/match-files/variations.ts';

const { values } = parseArgs({
  options: {
    show: { type: 'string', default: '' },
    variation: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    asked: { type: 'boolean', default: false },
  },
});
const run = createToolRunner();
const { find } = createToolFinder({ run });
const { signal } = new AbortController();
const isNamed = (wanted: string) => (one: { name: string }) =>
  one.name.toLowerCase().includes(wanted.toLowerCase());

const rows = runFiles(
  shows.filter(isNamed(values.show)),
  variations.filter(isNamed(values.variation)),
  { other: strangeShow, access: { run, find, signal } },
);
for await (const { row, judged } of rows) {
  if (!isReached(row)) process.exitCode = 1;
  if (values.json) {
    console.log(JSON.stringify({ ...row, titles: judged }));
    continue;
  }
  console.log(filesRowInWords(row));
  const isTold = ({ said, isRight }: (typeof judged)[number]) =>
    said.verdict === 'ask' ? values.asked : !isRight;
  for (const one of judged.filter(isTold)) console.log(fileInWords(one));
}
if (!values.json)
  for (const [word, meaning] of Object.entries(filesDefinitions))
    console.log(`  ${word}: ${meaning}`);
