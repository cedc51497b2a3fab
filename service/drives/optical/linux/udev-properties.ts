import type { MediaFacts } from '../../../scan/media-facts.ts';
import type { DriveContent, DriveHardware } from '../platform.ts';

/** What udev knows of one device: its database entry, or the block of an event. */
export type UdevProperties = ReadonlyMap<string, string>;

/** `ID_CDROM_CD` and its like are abilities of the drive; only `ID_CDROM_MEDIA_…` tell of the disc. */
const MEDIA_TYPE = /^ID_CDROM_MEDIA_(BD|HDDVD|DVD|CD|MO|MRW|MRW_W|DDCD)(_|$)/;
const TYPES: Readonly<Record<string, MediaFacts['type']>> = { BD: 'bluray', DVD: 'dvd', CD: 'cd' };

/** Splits "KEY=value"; null for a line that is none. */
export function parseProperty(line: string): [key: string, value: string] | null {
  const at = line.indexOf('=');
  return at > 0 ? [line.slice(0, at), line.slice(at + 1)] : null;
}

export function isOpticalDrive(properties: UdevProperties): boolean {
  return properties.get('ID_CDROM') === '1';
}

/** What the properties say is in the drive. Udev cannot tell an open tray from an empty one. */
export function contentOf(properties: UdevProperties, bytes: number | null): DriveContent {
  if (properties.get('ID_CDROM_MEDIA') !== '1') return { state: 'empty' };
  const type = mediaType(properties);
  const state = properties.get('ID_CDROM_MEDIA_STATE');
  const isKnown = type !== 'unknown' || state !== undefined || properties.has('ID_FS_TYPE');
  if (!isKnown) return { state: 'loading' };
  const blank = state === 'blank';
  return {
    state: 'loaded',
    media: {
      type,
      blank,
      audioTracks: numberOf(properties.get('ID_CDROM_MEDIA_TRACK_COUNT_AUDIO')),
      dataTracks: numberOf(properties.get('ID_CDROM_MEDIA_TRACK_COUNT_DATA')),
      bytes: blank ? null : bytes,
      label: labelOf(properties),
      fileSystem: properties.get('ID_FS_TYPE') || null,
      uuid: properties.get('ID_FS_UUID') || null,
    },
  };
}

/**
 * `ID_SERIAL_SHORT` is the drive's own number on ATA and SCSI, but the bridge's behind USB, whose drive may state
 * its own as `ID_SCSI_SERIAL`.
 */
export function hardwareOf(properties: UdevProperties): DriveHardware {
  const bridged = properties.get('ID_BUS') === 'usb' || properties.has('ID_USB_SERIAL_SHORT');
  const short = text(properties.get('ID_SERIAL_SHORT'));
  return {
    serial: text(properties.get('ID_SCSI_SERIAL')) ?? (bridged ? null : short),
    bridgeSerial: bridged ? (text(properties.get('ID_USB_SERIAL_SHORT')) ?? short) : null,
    port: text(properties.get('ID_PATH')),
    vendor: words(properties.get('ID_VENDOR_ENC') ?? properties.get('ID_VENDOR')),
    model: words(properties.get('ID_MODEL_ENC') ?? properties.get('ID_MODEL')),
    revision: text(properties.get('ID_REVISION')),
  };
}

/** A drive's own answer about its disc, with what only udev knows of the drive. */
export function answered(answer: UdevProperties, record: UdevProperties | null): UdevProperties {
  const hardware = [...(record ?? [])].filter(([key]) => !/^ID_(CDROM_MEDIA|FS_)/.test(key));
  return new Map([...hardware, ...answer]);
}

function mediaType(properties: UdevProperties): MediaFacts['type'] {
  for (const [key, value] of properties) {
    const [, found] = MEDIA_TYPE.exec(key) ?? [];
    if (found !== undefined && value === '1') return TYPES[found] ?? 'unknown';
  }
  return 'unknown';
}

function labelOf(properties: UdevProperties): string | null {
  const encoded = properties.get('ID_FS_LABEL_ENC');
  const label = encoded === undefined ? properties.get('ID_FS_LABEL') : decodeEscapes(encoded);
  return label?.trim() || properties.get('ID_FS_LOGICAL_VOLUME_ID')?.trim() || null;
}

/** Udev writes every byte that it does not trust as "\x20" (udev_util_encode_string of libudev). */
export function decodeEscapes(value: string): string {
  const bytes = [...value.matchAll(/\\x([0-9a-f]{2})|[^\\]+|\\/gi)].map(([all, hex]) =>
    hex === undefined ? Buffer.from(all) : Buffer.of(Number.parseInt(hex, 16)),
  );
  return Buffer.concat(bytes).toString();
}

function words(value: string | undefined): string | null {
  return value === undefined ? null : text(decodeEscapes(value).replace(/[\s_]+/g, ' '));
}

function text(value: string | undefined): string | null {
  return value?.trim() || null;
}

function numberOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,4}$/.test(value) ? Number(value) : null;
}
