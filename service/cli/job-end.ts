import type { JobDocument } from '../jobs/document.ts';
import { nameOfJob } from './job-lines.ts';
import type { Paint } from './paint.ts';
import { count } from './words.ts';

/** What became of a disc, in a line or two. */
export function endOfJob(job: JobDocument, paint: Paint): string {
  const wanted = job.titles.filter((title) => title.wanted);
  const arrived = wanted.filter(({ state }) => state === 'completed').length;
  const name = nameOfJob(job);
  if (job.outcome === 'complete')
    return `${paint('green', '✔')} ${name}: ${arrivedInWords(arrived, wanted.length)}`;
  const what =
    arrived === 0 ? 'nothing arrived' : `${arrived} of ${count(wanted.length, 'file')} arrived`;
  const again = arrived > 0 ? '\n  The same command tries the rest again.' : '';
  return `${paint('red', '✗')} ${name}: ${what}${again}`;
}

function arrivedInWords(arrived: number, wanted: number): string {
  return arrived === wanted
    ? `${count(arrived, 'file')} in your library`
    : `${count(arrived, 'file')} in your library, ${wanted - arrived} left out`;
}

export function interruption(paint: Paint): string {
  return `${paint('yellow', '■')} Stopped. The same command goes on from here; what was ripped is kept.`;
}
