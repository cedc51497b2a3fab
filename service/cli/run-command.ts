import { CommanderError } from 'commander';
import { paintFor } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import { createProgram } from './program.ts';

/** Runs the command line; the exit code is left in `process.exitCode`. Nothing that happens shows a stack trace. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  process.once('uncaughtException', (error) => {
    report(error);
    process.exit(1);
  });
  // Whoever reads our output may have seen enough: discflow history | head.
  process.stdout.on('error', () => process.exit());
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else report(error);
  }
}

function report(error: unknown): void {
  process.stderr.write(`${problemInWords(error, paintFor(process.stderr))}\n`);
  if (process.env.DISCFLOW_LOG_LEVEL === 'debug' && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}
