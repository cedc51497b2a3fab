import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What contains this process ("docker", "podman", "lxc" …), null on the machine itself. By the marks that
 * containers are known to leave: files of Docker and Podman, systemd's note, and the environment of process 1.
 */
export async function findContainer(
  root = '/',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  if (await exists(join(root, '.dockerenv'))) return 'docker';
  if (await exists(join(root, 'run', '.containerenv'))) return 'podman';
  const noted = await readFile(join(root, 'run', 'systemd', 'container'), 'utf8').catch(() => '');
  const groups = await readFile(join(root, 'proc', '1', 'cgroup'), 'utf8').catch(() => '');
  const [, group] = /\/(docker|kubepods|lxc|podman|machine)\b/.exec(groups) ?? [];
  return noted.trim() || environment.container || group || null;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
