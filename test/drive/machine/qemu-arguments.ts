import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { MachineFiles } from './build-machine.ts';

interface Machine {
  readonly files: MachineFiles;
  /** Empty optical drives on an AHCI bus. */
  readonly drives: number;
  /** Port on 127.0.0.1 → port of the guest; there is no other network. */
  readonly forwards: Readonly<Record<number, number>>;
  /** Where QEMU is controlled. */
  readonly socket: string;
  readonly memoryMb: number;
}

/** The guest's root is the host's, read-only; its console is QEMU's output. */
export async function qemuArguments(machine: Machine): Promise<string[]> {
  const { files, drives, forwards, socket, memoryMb } = machine;
  const kernel = `console=ttyS0 quiet loglevel=3 panic=-1 node=${process.execPath}`;
  const forwarded = Object.entries(forwards).map(
    ([ours, theirs]) => `hostfwd=tcp:127.0.0.1:${ours}-:${theirs}`,
  );
  return [
    ...['-M', 'q35', '-smp', '2', '-m', String(memoryMb), ...(await accelerator())],
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', 'stdio'],
    ...['-kernel', files.kernel, '-initrd', files.initramfs, '-append', kernel],
    ...['-qmp', `unix:${socket},server=on,wait=off`],
    ...['-netdev', ['user', 'id=net', 'restrict=on', ...forwarded].join(',')],
    ...['-device', 'virtio-net-pci,netdev=net'],
    ...['-device', 'virtio-scsi-pci,id=scsi'],
    ...share('host', '/'),
    ...share('machine', files.folder),
    ...Array.from({ length: drives }, (_, index) => opticalDrive(index)).flat(),
  ];
}

function share(tag: string, path: string): string[] {
  const where = `path=${path.replaceAll(',', ',,')},mount_tag=${tag}`;
  return ['-virtfs', `local,${where},security_model=none,readonly=on,multidevs=remap`];
}

function opticalDrive(index: number): string[] {
  return ['-device', `ide-cd,bus=ide.${index},id=cd${index},serial=SERIAL${index}`];
}

/** A stock kernel hangs under other modules than these two; emulation is some ten times slower. */
async function accelerator(): Promise<string[]> {
  const usable = (path: string, mode: number) =>
    access(path, mode).then(
      () => true,
      () => false,
    );
  const isFast =
    (await usable('/dev/kvm', constants.W_OK)) &&
    ((await usable('/sys/module/kvm_intel', constants.F_OK)) ||
      (await usable('/sys/module/kvm_amd', constants.F_OK)));
  return isFast ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi', '-cpu', 'max'];
}
