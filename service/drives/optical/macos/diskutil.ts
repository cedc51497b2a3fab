import { parse } from 'plist';
import { z } from 'zod';

const Text = z.string().min(1).nullable().catch(null);

/**
 * What `diskutil info -plist disk4` says of a disc, as far as it is used (diskutil(8)); whatever is
 * missing or of another shape counts as not told.
 */
const DiskInfo = z.object({
  VolumeName: Text,
  /** "udf", "cd9660", "cddafs" */
  FilesystemType: Text,
  VolumeUUID: Text,
  MountPoint: Text,
  /** "DVD-ROM", "BD-ROM" … */
  OpticalMediaType: Text,
  TotalSize: z.number().positive().nullable().catch(null),
});
export type DiskInfo = z.infer<typeof DiskInfo>;

/** Throws when the text is no property list of a dictionary. */
export function parseDiskInfo(text: string): DiskInfo {
  // The parser says on the standard error what it thinks of other texts.
  if (!text.includes('</plist>')) throw new Error('diskutil gave no property list');
  return DiskInfo.parse(parse(text));
}
