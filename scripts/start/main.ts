import { parseArgs } from 'node:util';
import { catchInterrupts } from '../../service/cli/interrupts.ts';
import { createLog } from '../../service/cli/log.ts';
import { paintFor } from '../../service/cli/paint.ts';
import { problemInWords } from '../../service/cli/problem-words.ts';
import { addressLines } from '../station/addresses.ts';
import { startStation } from '../station/station.ts';
import { untilAborted } from '../station/until-aborted.ts';

const { signal } = catchInterrupts();
const { values } = parseArgs({ options: { data: { type: 'string' } } });

try {
  await start();
} catch (error) {
  if (!signal.aborted) {
    process.exitCode = 1;
    console.error(problemInWords(error, paintFor(process.stderr)));
  }
}

async function start(): Promise<void> {
  const paint = paintFor(process.stdout);
  const station = await startStation({
    ...values,
    env: process.env,
    log: (config) => createLog(config.log),
    say: console.log,
    signal,
  });
  console.log(`\n${paint('green', '✔')} Discflow is running\n`);
  for (const line of addressLines(station, paint)) console.log(line);
  if (station.created)
    console.log(
      `\nThis was the first start: drives, libraries and broker are set in ${station.file}, with comments.`,
    );
  if (station.editor !== null && !station.connected)
    console.log(
      '\nThe flow has not found the service: open its station in the editor and set broker, base topic and station as above.',
    );
  console.log('\nCtrl-C ends it.\n');
  await untilAborted(signal);
  await station.stop();
}
