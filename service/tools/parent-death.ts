import { execa } from 'execa';

const PREFIX = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;

/**
 * What to put before a command so that the kernel kills it when the service dies, even by `kill
 * -9`: `setpriv` of util-linux sets PR_SET_PDEATHSIG and becomes the tool (prctl(2); the signal is
 * sent when the thread that forked ends, and Node.js forks on its main thread). Empty where that
 * does not exist.
 */
export async function findParentDeathPrefix(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const [file, ...args] = PREFIX;
  const { exitCode } = await execa(file, [...args, 'true'], {
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
  });
  return exitCode === 0 ? PREFIX : [];
}
