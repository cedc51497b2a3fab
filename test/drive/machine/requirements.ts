import { isInstalled } from '../../authoring/authoring-tools.ts';

/** Program and the Debian package it comes in; the kernel is fetched when the machine is built. */
const PROGRAMS = [
  ['qemu-system-x86_64', 'qemu-system-x86'],
  ['busybox', 'busybox-static'],
] as const;

/** Why no virtual machine can be started here, as one sentence; null when one can. */
export async function whyNoMachine(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return 'the virtual drive needs Linux on x64: it shares the programs of this machine';
  const missing: string[] = [];
  for (const [program, debianPackage] of PROGRAMS)
    if (!(await isInstalled(program))) missing.push(debianPackage);
  return missing.length === 0 ? null : `the virtual drive needs ${missing.join(' and ')}`;
}
