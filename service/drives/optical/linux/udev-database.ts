import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProperty, type UdevProperties } from './udev-properties.ts';

/**
 * Udev's own record of a block device ("11:0"), from its database; null when there is none: no udev, or a
 * container without the folder. Lines are "E:KEY=value" (format of systemd-udevd, device-db of libudev).
 */
export async function readUdevRecord(
  folder: string,
  deviceNumber: string,
): Promise<UdevProperties | null> {
  try {
    return parseUdevRecord(await readFile(join(folder, 'data', `b${deviceNumber}`), 'utf8'));
  } catch {
    return null;
  }
}

export function parseUdevRecord(text: string): UdevProperties {
  const properties = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [key, value] = (line.startsWith('E:') && parseProperty(line.slice(2))) || [];
    if (key !== undefined && value !== undefined) properties.set(key, value);
  }
  return properties;
}
