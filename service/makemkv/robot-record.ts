import type { RobotField, RobotLine } from './robot-line.ts';

/** MSG: something happened. The texts are localised: only codes and params may be compared. */
export interface MessageRecord {
  readonly type: 'message';
  readonly code: number;
  readonly flags: number;
  readonly text: string;
  readonly params: readonly string[];
}

/** PRGT and PRGC: the whole operation, or the one that is running, begins. */
export interface PhaseRecord {
  readonly type: 'operation' | 'current';
  readonly code: number;
  /** Number of the item that is worked on, 0-based within this run. */
  readonly id: number;
}

/** PRGV: of the running operation and of the whole one, each out of `max`. */
export interface ProgressRecord {
  readonly type: 'progress';
  readonly current: number;
  readonly total: number;
  readonly max: number;
}

/** DRV: one of 16 places for drives. */
export interface DriveRecord {
  readonly type: 'drive';
  readonly index: number;
  readonly state: number;
  readonly flags: number;
  readonly name: string;
  readonly label: string;
  readonly device: string;
}

export interface CountRecord {
  readonly type: 'count';
  readonly titles: number;
}

/** CINFO, TINFO and SINFO: an attribute of the disc, a title or a stream. `code` is a value code, or 0. */
export interface AttributeRecord {
  readonly type: 'attribute';
  readonly title: number | null;
  readonly stream: number | null;
  readonly attribute: number;
  readonly code: number;
  readonly value: string;
}

export interface UnknownRecord {
  readonly type: 'unknown';
  readonly name: string;
}

export type RobotRecord =
  | MessageRecord
  | PhaseRecord
  | ProgressRecord
  | DriveRecord
  | CountRecord
  | AttributeRecord
  | UnknownRecord;

export interface ReadRecord {
  readonly record: RobotRecord;
  /** Fields that are missing (below 0) or that we do not know (above 0). */
  readonly surplus: number;
}

/** What a robot line says. Missing fields at the end count as 0 or "", additional ones are passed over. */
export function toRecord({ name, fields }: RobotLine): ReadRecord {
  const shape = shapes[name];
  if (shape === undefined) return { record: { type: 'unknown', name }, surplus: 0 };
  const record = shape.read(new Fields(fields));
  const expected = shape.fields + (record.type === 'message' ? paramCount(fields) : 0);
  return { record, surplus: fields.length - expected };
}

interface Shape {
  fields: number;
  read(fields: Fields): RobotRecord;
}

const attributes = (title: number | null, stream: number | null): Shape => ({
  fields: 3 + Number(title !== null) + Number(stream !== null),
  read: (fields) => {
    const first = Number(title !== null) + Number(stream !== null);
    return {
      type: 'attribute',
      title: title === null ? null : fields.number(title),
      stream: stream === null ? null : fields.number(stream),
      attribute: fields.number(first),
      code: fields.number(first + 1),
      value: fields.text(first + 2),
    };
  },
});

const phase = (type: PhaseRecord['type']): Shape => ({
  fields: 3,
  read: (fields) => ({ type, code: fields.number(0), id: fields.number(1) }),
});

const count: Shape = {
  fields: 1,
  read: (fields) => ({ type: 'count', titles: fields.number(0) }),
};

const messageFields = 5;

const shapes: Readonly<Record<string, Shape | undefined>> = {
  MSG: {
    fields: messageFields,
    read: (fields) => ({
      type: 'message',
      code: fields.number(0),
      flags: fields.number(1),
      text: fields.text(3),
      params: fields.texts(messageFields),
    }),
  },
  PRGT: phase('operation'),
  PRGC: phase('current'),
  PRGV: {
    fields: 3,
    read: (fields) => ({
      type: 'progress',
      current: fields.number(0),
      total: fields.number(1),
      max: fields.number(2),
    }),
  },
  DRV: {
    fields: 7,
    read: (fields) => ({
      type: 'drive',
      index: fields.number(0),
      state: fields.number(1),
      flags: fields.number(3),
      name: fields.text(4),
      label: fields.text(5),
      device: fields.text(6),
    }),
  },
  TCOUNT: count,
  // So it is spelled in the usage text.
  TCOUT: count,
  CINFO: attributes(null, null),
  TINFO: attributes(0, null),
  SINFO: attributes(0, 1),
};

function paramCount(fields: readonly RobotField[]): number {
  return new Fields(fields).number(2);
}

class Fields {
  readonly #fields: readonly RobotField[];

  constructor(fields: readonly RobotField[]) {
    this.#fields = fields;
  }

  text(index: number): string {
    return this.#fields[index]?.text ?? '';
  }

  texts(from: number): string[] {
    return this.#fields.slice(from).map(({ text }) => text);
  }

  /** A number from 0 up, or 0 where there is none. */
  number(index: number): number {
    const text = this.text(index);
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
  }
}
