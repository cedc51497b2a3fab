import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';

export function isMkvmergeInstalled(): boolean {
  return !execaSync('mkvmerge', ['--version'], { reject: false }).failed;
}

/** Lets a rip last exactly as long as a test needs, on any machine. */
export interface RipGate {
  /** A mkvmerge that begins to make a file only when it is let through. */
  readonly program: string;
  /** Lets one more title through. */
  pass(): Promise<void>;
  /** Lets all through from now on. */
  open(): Promise<void>;
  /** How often a file was begun. */
  begun(): Promise<number>;
  remove(): Promise<void>;
}

const script = (folder: string) => `#!/bin/sh
case " $* " in *" --gui-mode "*)
  echo begun >> ${folder}/begun
  until [ -e ${folder}/open ] || rm ${folder}/pass 2>/dev/null; do sleep 0.05; done
esac
exec mkvmerge "$@"
`;

export async function createRipGate(): Promise<RipGate> {
  const folder = await mkdtemp(join(tmpdir(), 'discflow-gate-'));
  const program = join(folder, 'mkvmerge');
  await writeFile(program, script(folder), { mode: 0o755 });
  return {
    program,
    pass: () => writeFile(join(folder, 'pass'), ''),
    open: () => writeFile(join(folder, 'open'), ''),
    async begun() {
      const lines = await readFile(join(folder, 'begun'), { encoding: 'utf8', flag: 'a+' });
      return lines.split('\n').length - 1;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
