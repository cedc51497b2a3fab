import { DiscflowError } from '../errors.ts';
import type { RunTool } from '../tools/run.ts';

const STALL_MS = 5 * 60_000;
/** 0 = fine, 1 = finished with warnings, 2 = error (mkvmerge(1), exit codes). */
const FINISHED = [0, 1];
const ERROR_PREFIX = '#GUI#error ';
const progressLine = /^#GUI#progress (\d+)%/;

export interface Mkvmerge {
  mkvmerge: string;
  run: RunTool;
}

interface Options {
  signal: AbortSignal;
  /** Called with whole percents. */
  onProgress?: (percent: number) => void;
}

/** Runs mkvmerge with --gui-mode, which says on standard output what is wrong and how far it is. */
export async function runMkvmerge(
  { mkvmerge, run }: Mkvmerge,
  args: readonly string[],
  { signal, onProgress }: Options,
): Promise<void> {
  const said: string[] = [];
  const onLine = (line: string) => {
    if (line.startsWith(ERROR_PREFIX)) said.push(line.slice(ERROR_PREFIX.length, 500));
    const percent = progressLine.exec(line)?.[1];
    if (percent !== undefined) onProgress?.(Number(percent));
  };
  try {
    const modes = ['--gui-mode', '--ui-language', 'en_US'];
    const options = { signal, stallAfter: STALL_MS, accept: FINISHED, onLine };
    await run(mkvmerge, [...modes, ...args], options);
  } catch (error) {
    if (!(error instanceof DiscflowError) || said.length === 0) throw error;
    const { code, hint, transient } = error;
    const message = `${error.message}: ${said.join(' / ')}`;
    throw new DiscflowError(code, message, { hint, transient, cause: error });
  }
}
