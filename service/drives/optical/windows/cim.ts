import { z } from 'zod';

const Text = z
  .string()
  .transform((text) => text.trim() || null)
  .nullable()
  .catch(null);
/** 64-bit numbers are numbers or text, by the version of PowerShell. */
const Bytes = z.coerce.number().positive().nullable().catch(null);

/** What is asked of one drive; see `LIST_SCRIPT`. */
const CimDrive = z.object({
  /** "D:" */
  Drive: z.string().regex(/^[A-Z]:$/),
  PNPDeviceID: Text,
  SerialNumber: Text,
  /** "HL-DT-ST BD-RE WH16NS40" */
  Caption: Text,
  Revision: Text,
  MediaLoaded: z.boolean().nullable().catch(null),
  VolumeName: Text,
  VolumeSerialNumber: Text,
  /** "UDF", "CDFS"; null on a blank or unreadable disc, and while one is spinning up. */
  FileSystem: Text,
  Size: Bytes,
  /** Tracks of an audio CD, which Windows shows as files. */
  AudioTracks: z.number().int().nonnegative().nullable().catch(null),
});
export type CimDrive = z.infer<typeof CimDrive>;

/**
 * Asks for every drive with a letter at once, as one line of JSON. `Win32_CDROMDrive` knows the drive,
 * `Win32_LogicalDisk` what Windows found on the disc (learn.microsoft.com/windows/win32/cimwin32prov).
 */
export const LIST_SCRIPT = `
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$volumes = @{}
Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=5' | ForEach-Object { $volumes[$_.DeviceID] = $_ }
$drives = @(Get-CimInstance Win32_CDROMDrive | Where-Object { $_.Drive } | ForEach-Object {
  $volume = $volumes[$_.Drive]
  $tracks = $null
  if ($volume.FileSystem -eq 'CDFS') {
    $tracks = @(Get-ChildItem -LiteralPath ($_.Drive + '\\') -Filter *.cda -ErrorAction SilentlyContinue).Count
  }
  [pscustomobject]@{
    Drive = $_.Drive; PNPDeviceID = $_.PNPDeviceID; SerialNumber = $_.SerialNumber
    Caption = $_.Caption; Revision = $_.MfrAssignedRevisionLevel; MediaLoaded = $_.MediaLoaded
    VolumeName = $volume.VolumeName; VolumeSerialNumber = $volume.VolumeSerialNumber
    FileSystem = $volume.FileSystem; Size = $volume.Size; AudioTracks = $tracks
  }
})
ConvertTo-Json -Compress -InputObject $drives
`;

/** Throws when the text is not the answer of `LIST_SCRIPT`. */
export function parseCimDrives(text: string): CimDrive[] {
  return z.array(CimDrive).parse(JSON.parse(text));
}
