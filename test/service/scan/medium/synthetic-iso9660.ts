import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

export interface RecordSpec {
  name: string;
  sector: number;
  bytes: number;
  directory?: boolean;
  /** Another record of the same file follows. */
  continues?: boolean;
}

/** A directory record, ECMA-119 9.1. */
export function directoryRecord({ name, sector, bytes, directory, continues }: RecordSpec): Buffer {
  const record = Buffer.alloc(33 + name.length + ((name.length + 1) % 2));
  record[0] = record.length;
  record.writeUInt32LE(sector, 2);
  record.writeUInt32BE(sector, 6);
  record.writeUInt32LE(bytes, 10);
  record.writeUInt32BE(bytes, 14);
  record[25] = (directory ? 2 : 0) | (continues ? 0x80 : 0);
  record[32] = name.length;
  record.write(name, 33, 'latin1');
  return record;
}

/** The first 22 sectors of an image: root directory in sector 20, VIDEO_TS in sector 21. */
export function iso9660Head(label: string, files: RecordSpec[]): Buffer {
  const head = Buffer.alloc(22 * SECTOR_BYTES);
  const root = { name: '\0', sector: 20, bytes: SECTOR_BYTES, directory: true };
  head[16 * SECTOR_BYTES] = 1;
  head.write('CD001', 16 * SECTOR_BYTES + 1, 'latin1');
  head.write(label.padEnd(32), 16 * SECTOR_BYTES + 40, 'latin1');
  head.writeUInt16LE(SECTOR_BYTES, 16 * SECTOR_BYTES + 128);
  directoryRecord(root).copy(head, 16 * SECTOR_BYTES + 156);
  writeDirectory(head, 20, [root, { ...root, name: 'VIDEO_TS', sector: 21 }]);
  writeDirectory(head, 21, [{ ...root, sector: 21 }, { ...root, name: '\x01' }, ...files]);
  return head;
}

export function writeDirectory(image: Buffer, sector: number, records: RecordSpec[]): void {
  Buffer.concat(records.map(directoryRecord)).copy(image, sector * SECTOR_BYTES);
}
