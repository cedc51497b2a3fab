import type { MediaFacts } from '../../../scan/media-facts.ts';
import type { CimDrive } from './cim.ts';

/** No DVD holds more: two layers of 4.7 GB less what the second one loses. */
const LARGEST_DVD_BYTES = 8.6e9;
/** A CD of 99 minutes. */
const LARGEST_CD_BYTES = 0.91e9;

/** What Windows says of the disc in a drive. Its classes know the drive's kind but not the disc's. */
export function mediaFacts(drive: CimDrive): MediaFacts {
  const { FileSystem, Size, AudioTracks, VolumeName, VolumeSerialNumber } = drive;
  const audioTracks = FileSystem === 'CDFS' ? AudioTracks : null;
  const isAudio = audioTracks !== null && audioTracks > 0;
  return {
    type: mediaType(drive, isAudio),
    // An unreadable disc looks the same, and that one must not be taken for a blank one.
    blank: false,
    audioTracks,
    dataTracks: null,
    bytes: isAudio ? null : Size,
    label: isAudio ? null : VolumeName,
    fileSystem: isAudio ? null : fileSystem(FileSystem),
    uuid: VolumeSerialNumber,
  };
}

function mediaType({ FileSystem, Size }: CimDrive, isAudio: boolean): MediaFacts['type'] {
  if (isAudio) return 'cd';
  if (Size === null) return 'unknown';
  if (Size > LARGEST_DVD_BYTES) return 'bluray';
  // Short DVDs carry UDF as well.
  return FileSystem === 'CDFS' && Size < LARGEST_CD_BYTES ? 'cd' : 'unknown';
}

function fileSystem(name: string | null): string | null {
  if (name === 'CDFS') return 'iso9660';
  return name?.toLowerCase() ?? null;
}
