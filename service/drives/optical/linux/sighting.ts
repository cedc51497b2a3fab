import type { Problem } from '../../../contract/problem.ts';
import type { DriveSighting } from '../platform.ts';
import type { KernelDrive } from './sysfs.ts';
import { contentOf, hardwareOf, type UdevProperties } from './udev-properties.ts';

/** A drive as kernel and udev (or the drive's own answer; null: neither says anything) see it together. */
export function sightingOf(
  drive: KernelDrive,
  properties: UdevProperties | null,
  problem: Problem | null,
): DriveSighting {
  const known = hardwareOf(properties ?? new Map());
  return {
    name: drive.name,
    device: `/dev/${drive.name}`,
    passThrough: drive.scsiGeneric && `/dev/${drive.scsiGeneric}`,
    hardware: {
      ...known,
      serial: drive.serial ?? known.serial,
      vendor: known.vendor ?? drive.vendor,
      model: known.model ?? drive.model,
      revision: known.revision ?? drive.revision,
    },
    content: properties ? contentOf(properties, drive.bytes) : { state: 'unknown' },
    problem,
  };
}
