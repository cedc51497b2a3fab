import type { DriveHardware } from './platform.ts';

/** "HL-DT-ST BD-RE WH16NS40"; empty when the drive says nothing. Some models repeat their vendor. */
export function hardwareName({ vendor, model }: Pick<DriveHardware, 'vendor' | 'model'>): string {
  const isRepeated = vendor !== null && model?.startsWith(vendor);
  return [isRepeated ? null : vendor, model].filter(Boolean).join(' ');
}
