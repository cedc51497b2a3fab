import type { DriveSighting } from '../platform.ts';
import type { KernelDrive } from './sysfs.ts';
import type { UdevProperties } from './udev-properties.ts';

/** Everything that the parts of the Linux platform ask the system. */
export interface LinuxSystem {
  kernelDrives(): Promise<readonly KernelDrive[]>;
  kernelDrive(name: string): Promise<KernelDrive | null>;
  record(drive: KernelDrive): Promise<UdevProperties | null>;
  ask(drive: KernelDrive, signal?: AbortSignal): Promise<UdevProperties | null>;
  sighting(drive: KernelDrive, properties: UdevProperties | null): Promise<DriveSighting>;
}
