/** One subtitle as it lies in the file. */
export interface SubtitlePacket {
  /** Seconds. */
  readonly start: number;
  /** Seconds; null where the container does not say. */
  readonly end: number | null;
  readonly data: Buffer;
}

export interface SubtitleStream {
  /** As Matroska names it: "S_TEXT/UTF8", "S_VOBSUB", "S_HDMV/PGS"; empty when there is no track. */
  readonly codec: string;
  /** What the codec needs beside its packets: size and palette of VobSub. */
  readonly codecPrivate: Buffer;
  readonly packets: readonly SubtitlePacket[];
}

/** Element ids of RFC 9559. */
const id = {
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
} as const;
const masters: ReadonlySet<number> = new Set([
  id.segment,
  id.tracks,
  id.trackEntry,
  id.cluster,
  id.blockGroup,
]);
/** ffmpeg counts in milliseconds, and so does everything else that writes Matroska with video. */
const TICKS = 1000;
/** Track number of one byte, relative time, flags. */
const BLOCK_HEAD = 4;

/**
 * The packets of a Matroska file with a single subtitle track and no lacing, as ffmpeg writes it to a pipe. What is
 * cut off is left out.
 */
export function parseMatroskaPackets(data: Buffer): SubtitleStream {
  let codec = '';
  let codecPrivate = Buffer.alloc(0);
  let cluster = 0;
  const packets: SubtitlePacket[] = [];
  const addPacket = (block: Buffer) => {
    if (block.length < BLOCK_HEAD) return;
    const start = (cluster + block.readInt16BE(1)) / TICKS;
    packets.push({ start, end: null, data: block.subarray(BLOCK_HEAD) });
  };
  for (const { element, body } of elementsOf(data))
    switch (element) {
      case id.codecId:
        codec = body.toString('latin1');
        break;
      case id.codecPrivate:
        codecPrivate = Buffer.from(body);
        break;
      case id.timestamp:
        cluster = numberOf(body);
        break;
      case id.simpleBlock:
      case id.block:
        addPacket(body);
        break;
      case id.blockDuration: {
        const last = packets.pop();
        if (last) packets.push({ ...last, end: last.start + numberOf(body) / TICKS });
        break;
      }
    }
  return { codec, codecPrivate, packets };
}

/** Elements in their order, those of masters after them: their length needs not be known. */
function* elementsOf(data: Buffer): Generator<{ element: number; body: Buffer }> {
  let at = 0;
  while (at < data.length) {
    const head = variableInteger(data, at, 'with its marker');
    const length = head && variableInteger(data, head.next, 'value');
    if (!head || !length) return;
    const isMaster = masters.has(head.value);
    const end = length.next + length.value;
    if (!isMaster && end > data.length) return;
    if (!isMaster) yield { element: head.value, body: data.subarray(length.next, end) };
    at = isMaster ? length.next : end;
  }
}

/** RFC 8794 4: the number of leading zeros says how many bytes follow; ids keep their marker. */
function variableInteger(data: Buffer, at: number, form: 'value' | 'with its marker') {
  const first = data[at] ?? 0;
  const width = Math.clz32(first) - 23;
  if (width > 8 || at + width > data.length) return null;
  let value = form === 'value' ? first - (1 << (8 - width)) : first;
  for (const byte of data.subarray(at + 1, at + width)) value = value * 256 + byte;
  return { value, next: at + width };
}

function numberOf(body: Buffer): number {
  return body.reduce((value, byte) => value * 256 + byte, 0);
}
