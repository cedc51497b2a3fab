// npm run bench [-- --json] [-- --runs 5]: what the issue of speed looks like today, as a table.
import { parseArgs } from 'node:util';
import { blurayFingerprint, blurayToLibrary } from '../test/bench/bluray-to-library.ts';
import { imageToLibrary } from '../test/bench/image-to-library.ts';
import { memoryWhileRipping } from '../test/bench/memory-while-ripping.ts';
import { idle, startToOnline } from '../test/bench/start-and-idle.ts';
import type { Row } from '../test/bench/statistics.ts';
import { transitions } from '../test/bench/transitions.ts';
import { udevToMqtt } from '../test/bench/udev-to-mqtt.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: 'abcdefgh' },
  },
});
const runs = Number(values.runs);
const parts: Record<string, () => Promise<Row | Row[]>> = {
  a: () => imageToLibrary(runs),
  b: () => transitions(),
  c: () => startToOnline(runs),
  d: () => idle(),
  e: () => memoryWhileRipping(),
  f: () => blurayToLibrary(runs),
  g: () => blurayFingerprint(),
  h: () => udevToMqtt(),
};

const rows: Row[] = [];
for (const part of values.only) rows.push(...[(await parts[part]?.()) ?? []].flat());
if (values.json) console.log(JSON.stringify(rows, null, 2));
else for (const row of rows) console.log(lineOf(row));
process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;

function lineOf({ what, ours, against, ratio, goal, reached, details }: Row): string {
  const figures = [
    ours,
    against && `against ${against}`,
    ratio !== null && `ratio ${ratio.toFixed(2)}`,
  ];
  const more = details ? `\n    ${JSON.stringify(details)}` : '';
  return `${reached ? '✔' : '✗'} ${what}\n    ${figures.filter(Boolean).join(', ')} (goal ${goal})${more}`;
}
