import { readFile } from 'node:fs/promises';

const PACKET_BYTES = 192;
const VIDEO_PID = 0x1011;
/** A picture of 23.976 frames per second, 90 kHz. */
const FRAME_TICKS = 3754;

export interface MeasuredStream {
  readonly packets: number;
  /** First and last presentation, 45 kHz. */
  readonly start: number;
  readonly end: number;
  /** Pictures that can be decoded alone: time at 90 kHz, and packet. */
  readonly entries: readonly { readonly time: number; readonly packet: number }[];
}

/** Finds in one pass over a stream what its clip information has to say. */
export async function measureStream(file: string): Promise<MeasuredStream> {
  const data = await readFile(file);
  const packets = Math.floor(data.length / PACKET_BYTES);
  const entries: { time: number; packet: number }[] = [];
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (let packet = 0; packet < packets; packet++) {
    const at = packet * PACKET_BYTES + 4;
    if (data[at] !== 0x47) throw new Error(`${file} has lost its sync at packet ${packet}`);
    const picture = pictureAt(data, at);
    if (picture === undefined) continue;
    first = Math.min(first, picture.time);
    last = Math.max(last, picture.time);
    if (picture.isEntry) entries.push({ time: picture.time, packet });
  }
  return {
    packets,
    start: Math.floor(first / 2),
    end: Math.floor((last + FRAME_TICKS) / 2),
    entries,
  };
}

function pictureAt(data: Buffer, at: number) {
  const header = data.readUInt16BE(at + 1);
  if ((header & 0x1fff) !== VIDEO_PID || (header & 0x4000) === 0) return undefined;
  const hasAdaptation = (data.readUInt8(at + 3) & 0x20) !== 0;
  const adaptation = hasAdaptation ? data.readUInt8(at + 4) + 1 : 0;
  const isEntry = adaptation > 1 && (data.readUInt8(at + 5) & 0x40) !== 0;
  const pes = at + 4 + adaptation;
  if (data.readUIntBE(pes, 3) !== 1 || (data.readUInt8(pes + 7) & 0x80) === 0) return undefined;
  const high = (data.readUInt8(pes + 9) >> 1) & 7;
  const low = (data.readUInt16BE(pes + 10) >> 1) * 2 ** 15 + (data.readUInt16BE(pes + 12) >> 1);
  return { time: high * 2 ** 30 + low, isEntry };
}
