import { damagedStructure } from '../structure.ts';

const palRate = 25;
/** NTSC times count 30 frames a second while the disc plays 30000/1001. */
const ntscRate = 30_000 / 1001;

/**
 * Seconds of a playback time: hours, minutes, seconds and frames in BCD, the frame byte's top bits
 * 01 for 25 and 11 for 30 frames a second (dvd.sourceforge.net/dvdinfo/pgc.html). Throws `disc-unreadable`.
 */
export function playbackTime(ifo: Buffer, at: number): number {
  const frameByte = ifo.readUInt8(at + 3);
  const isPal = frameByte >> 6 === 1;
  const hours = decimal(ifo.readUInt8(at));
  const minutes = hours * 60 + decimal(ifo.readUInt8(at + 1));
  const seconds = minutes * 60 + decimal(ifo.readUInt8(at + 2));
  const frames = seconds * (isPal ? 25 : 30) + decimal(frameByte & 0x3f);
  return frames / (isPal ? palRate : ntscRate);
}

function decimal(bcd: number): number {
  if (bcd >> 4 > 9 || (bcd & 15) > 9) throw damagedStructure('a playback time');
  return (bcd >> 4) * 10 + (bcd & 15);
}

/** Sums of frame times to the microsecond, so that they read as what they are. */
export function roundSeconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
