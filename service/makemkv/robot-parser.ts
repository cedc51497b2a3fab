import { parseRobotLine } from './robot-line.ts';
import { type RobotRecord, toRecord } from './robot-record.ts';

/** The longest line seen has some 700 bytes; a line without an end must not fill the memory. */
const LONGEST_LINE_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** What was not as the grammar says, counted so that it can be logged once and not 57,000 times. */
export interface RobotOddities {
  /** Lines that are no robot records. */
  text: number;
  /** Records of a type that we do not know. */
  unknown: number;
  missingFields: number;
  additionalFields: number;
  /** Quotes that were not closed, or text behind one. */
  unsound: number;
  /** Lines that were too long, and were cut. */
  overlong: number;
}

export interface RobotParser {
  /** Bytes of standard output, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** The output has ended; a last line without its end counts, too. */
  end(): void;
  readonly oddities: Readonly<RobotOddities>;
}

/**
 * Reads what `makemkvcon -r` writes, whatever comes: never throws, and never holds more than one line.
 * Bytes that are not UTF-8 (seen from Windows) become U+FFFD; lines may end with CR LF.
 */
export function createRobotParser(onRecord: (record: RobotRecord) => void): RobotParser {
  const decoder = new TextDecoder();
  const oddities: RobotOddities = {
    text: 0,
    unknown: 0,
    missingFields: 0,
    additionalFields: 0,
    unsound: 0,
    overlong: 0,
  };
  const line = new Uint8Array(LONGEST_LINE_BYTES);
  let length = 0;
  let isCut = false;

  const take = (bytes: Uint8Array) => {
    const room = LONGEST_LINE_BYTES - length;
    const part = bytes.subarray(0, room);
    line.set(part, length);
    length += part.length;
    isCut ||= bytes.length > room;
  };

  const finish = () => {
    const text = decoder.decode(line.subarray(0, length)).replace(/\r$/, '');
    if (isCut) oddities.overlong++;
    length = 0;
    isCut = false;
    if (text !== '') read(text);
  };

  const read = (text: string) => {
    const parsed = parseRobotLine(text);
    if (parsed === null) {
      oddities.text++;
      return;
    }
    const { record, surplus } = toRecord(parsed);
    if (!parsed.sound) oddities.unsound++;
    if (record.type === 'unknown') oddities.unknown++;
    if (surplus < 0) oddities.missingFields++;
    if (surplus > 0) oddities.additionalFields++;
    onRecord(record);
  };

  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
        take(chunk.subarray(from, at));
        finish();
        from = at + 1;
      }
      take(chunk.subarray(from));
    },
    end: finish,
    oddities,
  };
}
