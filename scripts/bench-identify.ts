// npm run bench:identify -- --corpus FILE.jsonl|CLONE_DIR [--json]: how well structure alone tells what a disc is.
// npm run bench:identify -- --generated 2000 [--seed NAME]: the same on made-up discs.
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { generateDisc } from '../test/bench/identify/generated-disc.ts';
import { judge } from '../test/bench/identify/judge.ts';
import type { KnownDisc } from '../test/bench/identify/known-disc.ts';
import { readClone } from '../test/bench/identify/read-clone.ts';
import { readLines } from '../test/bench/identify/read-lines.ts';
import {
  definitions,
  definitionsInWords,
  lineInWords,
  totalsInWords,
} from '../test/bench/identify/report.ts';
import { totalsOf } from '../test/bench/identify/totals.ts';

/** So many discs are judged before, so that the measured runs are those of a warm program, as the service is. */
const WARM_UP = 500;

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    generated: { type: 'string' },
    seed: { type: 'string', default: 'discs' },
    json: { type: 'boolean', default: false },
  },
});

const discs = await corpus();
for (let judged = 0; judged < WARM_UP; judged += discs.length) discs.forEach(judge);
const verdicts = discs.map(judge);
const totals = totalsOf(verdicts);
if (values.json)
  console.log(JSON.stringify({ definitions, discs: verdicts.map(({ line }) => line), totals }));
else {
  const shown = values.corpus
    ? verdicts
    : verdicts.filter(({ rank, line }) => rank !== 1 && !line.asked);
  for (const verdict of shown) console.log(lineInWords(verdict));
  console.log(totalsInWords(totals));
  console.log(`\nWhat the words mean:\n${definitionsInWords()}`);
}

async function corpus(): Promise<KnownDisc[]> {
  if (values.generated)
    return Array.from({ length: Number(values.generated) }, (_, index) =>
      generateDisc(`${values.seed}-${index}`),
    );
  if (!values.corpus)
    throw new Error('Name a corpus: --corpus FILE.jsonl, --corpus CLONE_DIR or --generated 2000');
  return (await stat(values.corpus)).isDirectory()
    ? readClone(values.corpus)
    : readLines(values.corpus);
}
