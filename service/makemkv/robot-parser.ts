import { createLineReader, type LineReader } from '../tools/line-reader.ts';
import { parseRobotLine } from './robot-line.ts';
import { type RobotRecord, toRecord } from './robot-record.ts';

/** The longest line seen has some 700 bytes. */
const LONGEST_LINE_BYTES = 64 * 1024;

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

/** Takes standard output. */
export interface RobotParser extends LineReader {
  readonly oddities: Readonly<RobotOddities>;
}

/**
 * Reads what `makemkvcon -r` writes, whatever comes: never throws, and never holds more than one line. Output from
 * Windows was seen with bytes that are not UTF-8, and with lines that end with CR LF.
 */
export function createRobotParser(onRecord: (record: RobotRecord) => void): RobotParser {
  const oddities: RobotOddities = {
    text: 0,
    unknown: 0,
    missingFields: 0,
    additionalFields: 0,
    unsound: 0,
    overlong: 0,
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

  const { push, end } = createLineReader(LONGEST_LINE_BYTES, (text, dropped) => {
    if (dropped > 0) oddities.overlong++;
    if (text !== '') read(text);
  });
  return { push, end, oddities };
}
