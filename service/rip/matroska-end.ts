import { open } from 'node:fs/promises';

/** EBML header, then the segment (RFC 8794, RFC 9559 5.1). */
const EBML_ID = 0x1a45dfa3;
const SEGMENT_ID = 0x18538067;
const HEAD_BYTES = 4096;

/**
 * Whether a Matroska file goes on to where its head says that it ends. The length in seconds would not tell: it is
 * in the head, too. True where the head does not say; false for what is no Matroska file.
 */
export async function reachesItsEnd(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    const end = segmentEnd(head.subarray(0, bytesRead));
    return end !== undefined && (end === null || (await file.stat()).size >= end);
  } finally {
    await file.close();
  }
}

/** Position after the segment; null when its length is not known, undefined when there is none. */
function segmentEnd(head: Buffer): number | null | undefined {
  if (head.length < 12 || head.readUInt32BE(0) !== EBML_ID) return undefined;
  const header = lengthAt(head, 4);
  if (header?.value == null) return undefined;
  const at = header.next + header.value;
  if (at + 12 > head.length || head.readUInt32BE(at) !== SEGMENT_ID) return undefined;
  const segment = lengthAt(head, at + 4);
  if (segment === undefined) return undefined;
  return segment.value === null ? null : segment.next + segment.value;
}

/** A variable-length integer; all bits set means that the length is not known (RFC 8794 4, 6.2). */
function lengthAt(data: Buffer, at: number): { value: number | null; next: number } | undefined {
  const first = data[at] ?? 0;
  const width = Math.clz32(first) - 23;
  if (width > 8 || at + width > data.length) return undefined;
  let value = first - (1 << (8 - width));
  let isUnknown = value === (1 << (8 - width)) - 1;
  for (const byte of data.subarray(at + 1, at + width)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: isUnknown ? null : value, next: at + width };
}
