import type { Problem } from '../../../contract/problem.ts';
import type { DriveSighting } from '../platform.ts';
import type { KernelDrive } from './sysfs.ts';
import { contentOf, hardwareOf, type UdevProperties } from './udev-properties.ts';

interface Around {
  readonly deviceOf: (name: string) => string;
  readonly properties: UdevProperties | null;
  readonly problem: Problem | null;
}

/** A drive as kernel and udev (or the drive's own answer; null: neither says anything) see it together. */
export function sightingOf(
  drive: KernelDrive,
  { deviceOf, properties, problem }: Around,
): DriveSighting {
  const known = hardwareOf(properties ?? new Map());
  return {
    name: drive.name,
    device: deviceOf(drive.name),
    passThrough: drive.scsiGeneric && deviceOf(drive.scsiGeneric),
    hardware: {
      ...known,
      serial: drive.serial ?? known.serial,
      port: known.port ?? drive.port,
      vendor: known.vendor ?? drive.vendor,
      model: known.model ?? drive.model,
      revision: known.revision ?? drive.revision,
    },
    content: properties ? contentOf(properties, drive.bytes) : { state: 'unknown' },
    problem,
  };
}
