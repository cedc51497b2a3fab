import { writeFile } from 'node:fs/promises';
import { sampleDiscs } from '../test/service/identify/job-under-test.ts';
import { failures, failuresPage, happen, IMPATIENT } from '../test/service/makemkv/failures.ts';
import { standInStation } from '../test/service/makemkv/stand-in-station.ts';

/** Makes every failure happen and writes down what people read: docs/makemkv-failures.md. */
const page = new URL('../docs/makemkv-failures.md', import.meta.url);

const station = await standInStation({ disc: sampleDiscs.series, limits: IMPATIENT });
try {
  const rows = [];
  for (const failure of failures) {
    console.error(failure.what);
    rows.push(await happen(station, failure));
  }
  await writeFile(page, failuresPage(rows));
} finally {
  await station.end();
}
