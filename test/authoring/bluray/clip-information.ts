import { pack, padded, withLength } from './big-endian.ts';
import { type ClipSpec, versionOf } from './bluray-spec.ts';
import type { MeasuredStream } from './measure-stream.ts';
import { streamAttributesOf } from './stream-attributes.ts';

/** CLIPINF/nnnnn.clpi: packets, times, streams and the EP map. */
export function clipInformation(spec: ClipSpec, measured: MeasuredStream): Buffer {
  const { packets, start, end } = measured;
  const info = withLength(
    [2, 0],
    [1, 1, 1],
    [4, 0, 6_000_000, packets],
    Buffer.alloc(128),
    [2, 30],
    [1, 0x80],
    'HDMV',
    Buffer.alloc(25),
  );
  const sequences = withLength([1, 0, 1], [4, 0], [1, 1, 0], [2, 0x1001], [4, 0, start, end]);
  const streams = streamAttributesOf(spec, 'clip').map(({ pid, attributes }) =>
    pack([2, pid], [1, 21], padded(attributes, 21)),
  );
  const programs = withLength([1, 0, 1], [4, 0], [2, 0x1000], [1, streams.length, 0], ...streams);
  const cpi = withLength([2, 1], entryPointMap(measured));
  const [a, b, c] = [40 + info.length, sequences.length, programs.length];
  const offsets = [a, a + b, a + b + c, a + b + c + cpi.length, 0];
  const head = pack(`HDMV${versionOf([spec])}`, [4, ...offsets], Buffer.alloc(12));
  return pack(head, info, sequences, programs, cpi, [4, 0]);
}

function entryPointMap({ entries }: MeasuredStream): Buffer {
  const coarse: { fine: number; time: number; packet: number }[] = [];
  const fine: number[] = [];
  for (const { time, packet } of entries) {
    const ticks = Math.floor(time / 2);
    const last = coarse.at(-1);
    const [upper, block] = [ticks >>> 18, packet >>> 17];
    if (last === undefined || last.time !== upper || last.packet >>> 17 !== block)
      coarse.push({ fine: fine.length, time: upper, packet });
    fine.push(2 ** 28 + ((ticks >>> 8) & 0x7ff) * 2 ** 17 + (packet & 0x1ffff));
  }
  const table = pack(
    [4, 4 + 8 * coarse.length],
    ...coarse.map((c) => pack([4, c.fine * 2 ** 14 + (c.time & 0x3fff), c.packet])),
    [4, ...fine],
  );
  const counts = (BigInt(1) << 34n) | (BigInt(coarse.length) << 18n) | BigInt(fine.length);
  const head = Buffer.alloc(6);
  head.writeUIntBE(Number(counts), 0, 6);
  return pack([1, 0, 1], [2, 0x1011], head, [4, 14], table);
}
