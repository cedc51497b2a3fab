import { chmod, copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';

/** Drivers for the shared folders, the drives, their file systems and the one forwarded port. */
const DRIVERS = [
  'virtio_pci',
  '9pnet_virtio',
  '9p',
  'overlay',
  'ahci',
  'virtio_scsi',
  'sr_mod',
  'sg',
  'isofs',
  'udf',
  'virtio_net',
];

interface Parts {
  /** Where the kernel package was unpacked to. */
  readonly kernel: string;
  /** The program behind depmod and modprobe. */
  readonly kmod: string;
  /** Script that becomes the first program. */
  readonly init: string;
  readonly output: string;
}

/** Writes an initramfs of busybox, the drivers in the order they must be loaded, and `init`. */
export async function writeInitramfs({ kernel, kmod, init, output }: Parts): Promise<void> {
  const root = `${output}.root`;
  for (const folder of ['bin', 'modules', 'proc', 'sys', 'dev', 'host', 'machine', 'layer', 'root'])
    await mkdir(join(root, folder), { recursive: true });
  const { stdout: busybox } = await execa('which', ['busybox']);
  await copyFile(busybox, join(root, 'bin', 'busybox'));
  for (const name of ['sh', 'mount', 'mkdir', 'insmod', 'switch_root'])
    await symlink('busybox', join(root, 'bin', name));
  await copyFile(init, join(root, 'init'));
  await chmod(join(root, 'init'), 0o755);
  await addDrivers({ kernel, kmod, folder: join(root, 'modules') });
  const pack = 'find . | busybox cpio -o -H newc';
  const { stdout } = await execa('sh', ['-c', pack], { cwd: root, encoding: 'buffer' });
  await writeFile(output, gzipSync(stdout, { level: 1 }));
  await rm(root, { recursive: true });
}

interface Drivers {
  readonly kernel: string;
  readonly kmod: string;
  readonly folder: string;
}

/** Copies the drivers with those that they need, and their names in the order to load them in. */
async function addDrivers({ kernel, kmod, folder }: Drivers): Promise<void> {
  const [version] = await readdir(join(kernel, 'lib', 'modules'));
  if (version === undefined) throw new Error('the kernel package has no drivers');
  await execa(kmod, ['-b', kernel, version], { argv0: 'depmod' });
  const files = new Set<string>();
  for (const driver of DRIVERS) {
    const args = ['-d', kernel, '-S', version, '--show-depends', driver];
    const { stdout } = await execa(kmod, args, { argv0: 'modprobe' });
    for (const [, file = ''] of stdout.matchAll(/^insmod (\S+)/gm)) files.add(file);
  }
  for (const file of files) await copyFile(file, join(folder, basename(file)));
  const order = [...files].map((file) => basename(file));
  await writeFile(join(folder, 'order'), `${order.join('\n')}\n`);
}
