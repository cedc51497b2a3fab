import { readFile } from 'node:fs/promises';

/**
 * When a process began, in whatever form the system tells it: it tells a process from a stranger that got the same
 * id later. Null when there is no such process.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return startFromProc(pid);
  const { execa } = await import('execa');
  const { stdout, exitCode } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
    reject: false,
  });
  return exitCode === 0 ? stdout.trim() : null;
}

/**
 * Field 22 of /proc/<pid>/stat, ticks since boot (proc(5)); the name before it may contain anything. A zombie
 * (field 3) does nothing any more: its parent has only not asked yet how it ended.
 */
async function startFromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${boot.trim()} ${fields[19]}`;
  } catch {
    return null;
  }
}
