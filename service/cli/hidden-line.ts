import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** A line from the terminal that does not appear on it; empty when the person ends the input. */
export async function readHiddenLine(prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  // readline keeps Ctrl-C to itself.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  process.stderr.write(prompt);
  try {
    return await terminal.question('', { signal: closed.signal });
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    return '';
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
