import { createHash } from 'node:crypto';
import { access, copyFile, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { writeInitramfs } from './initramfs.ts';

/** What QEMU starts, and what the guest finds at `/machine`. */
export interface MachineFiles {
  readonly folder: string;
  readonly kernel: string;
  readonly initramfs: string;
}

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../.cache/drive-machine', import.meta.url));
/** Programs that the guest has beside the host's: a container has none of them. */
const PROGRAMS = ['udev', 'kmod', 'libkmod2', 'eject'] as const;

/** Debian's packages cannot be had here, which is no fault of the machine. */
export class PackagesUnavailable extends Error {
  override readonly name = 'PackagesUnavailable';
}

/**
 * Makes the machine from Debian's packages: a kernel with a small initramfs, and udev. Its root is
 * the host's own, so nothing has to be installed in it. Kept until its sources change. Throws
 * `PackagesUnavailable`.
 */
export async function buildMachine(): Promise<MachineFiles> {
  const folder = `${CACHE}-${await sourcesKey()}`;
  const built = { folder, kernel: join(folder, 'vmlinuz'), initramfs: join(folder, 'initramfs') };
  if (await exists(folder)) return built;
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    await assemble(unfinished);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return built;
}

async function sourcesKey(): Promise<string> {
  const hash = createHash('sha256');
  for (const entry of await readdir(SOURCES, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(await readFile(join(entry.parentPath, entry.name)));
  return hash.digest('hex').slice(0, 16);
}

async function assemble(folder: string): Promise<void> {
  const [packages, kernel, programs] = ['packages', 'kernel', 'programs'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await mkdir(packages, { recursive: true });
  const image = await kernelPackage();
  await download([image, ...PROGRAMS], packages);
  for (const file of await readdir(packages))
    await unpack(join(packages, file), file.startsWith(image) ? kernel : programs);
  await mergeUsr(programs);
  await writeInitramfs({
    kernel,
    kmod: join(programs, 'usr', 'bin', 'kmod'),
    init: join(SOURCES, 'guest', 'init.sh'),
    output: join(folder, 'initramfs'),
  });
  await copyKernel(join(kernel, 'boot'), join(folder, 'vmlinuz'));
  await cp(join(SOURCES, 'guest'), join(folder, 'guest'), { recursive: true });
  for (const scratch of [packages, kernel]) await rm(scratch, { recursive: true });
}

/** The package of the present kernel stands behind one that is always called the same. */
async function kernelPackage(): Promise<string> {
  const { stdout } = await askApt('apt-cache', ['depends', 'linux-image-amd64']);
  const name = /Depends: (linux-image-\S+)/.exec(stdout)?.[1];
  if (name === undefined) throw new PackagesUnavailable('apt knows no linux-image-amd64');
  return name;
}

async function download(packages: readonly string[], folder: string): Promise<void> {
  await askApt('apt-get', ['-qq', 'download', ...packages], folder);
}

async function askApt(program: string, args: string[], cwd = '.'): Promise<{ stdout: string }> {
  try {
    return await execa(program, args, { cwd });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new PackagesUnavailable(`no packages from Debian ("apt-get update" may help): ${words}`);
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await execa('dpkg-deb', ['-x', file, folder]);
}

/** A `/lib` of the packages would hide the host's, which is a link to `/usr/lib`. */
async function mergeUsr(programs: string): Promise<void> {
  for (const name of ['lib', 'bin', 'sbin']) {
    const folder = join(programs, name);
    if (!(await exists(folder))) continue;
    await cp(folder, join(programs, 'usr', name), { recursive: true, verbatimSymlinks: true });
    await rm(folder, { recursive: true });
  }
}

async function copyKernel(boot: string, output: string): Promise<void> {
  const name = (await readdir(boot)).find((file) => basename(file).startsWith('vmlinuz-'));
  if (name === undefined) throw new Error('the kernel package has no kernel');
  await copyFile(join(boot, name), output);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
