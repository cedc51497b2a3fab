import type { MediaFacts } from '../../../scan/media-facts.ts';
import type { DiskInfo } from './diskutil.ts';
import { type DriveStatus, usedBytes } from './drutil.ts';

/** macOS mounts the tracks of an audio CD as files of this file system. */
const AUDIO_FILE_SYSTEM = 'cddafs';

/** What the two programs together say of the disc that is in. */
export function mediaFacts(status: DriveStatus, disk: DiskInfo | null): MediaFacts {
  const fileSystem = disk?.FilesystemType ?? null;
  const isAudio = fileSystem === AUDIO_FILE_SYSTEM;
  return {
    type: mediaType(disk?.OpticalMediaType ?? status.type ?? ''),
    blank: status.blank,
    audioTracks: isAudio ? status.tracks : null,
    dataTracks: isAudio ? 0 : null,
    bytes: disk?.TotalSize ?? usedBytes(status),
    label: disk?.VolumeName ?? null,
    fileSystem: fileSystem === 'cd9660' ? 'iso9660' : isAudio ? null : fileSystem,
    uuid: disk?.VolumeUUID ?? null,
  };
}

/** "DVD-ROM", "DVD+R DL", "CD-RW", "BD-RE" … */
function mediaType(name: string): MediaFacts['type'] {
  if (/^(BD|Blu)/i.test(name)) return 'bluray';
  if (/^(HD )?DVD/i.test(name)) return 'dvd';
  if (/^CD/i.test(name)) return 'cd';
  return 'unknown';
}
