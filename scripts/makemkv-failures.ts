import { writeFile } from 'node:fs/promises';
import { sampleDiscs } from '../test/service/identify/job-under-test.ts';
import { failures, failuresPage, happen } from '../test/service/makemkv/failures.ts';
import { standInStation } from '../test/service/makemkv/stand-in-station.ts';

/** Makes every failure happen and writes down what people read: docs/makemkv-failures.md. */
const page = new URL('../docs/makemkv-failures.md', import.meta.url);

const station = await standInStation({ disc: sampleDiscs.series });
try {
  const rows = [];
  for (const failure of failures) rows.push(await happen(station, failure));
  await writeFile(page, failuresPage(rows));
} finally {
  await station.end();
}
