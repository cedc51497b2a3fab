/** A value of a robot line: numbers are bare, texts are in double quotes. */
export interface RobotField {
  readonly text: string;
  readonly quoted: boolean;
}

/** One line of `makemkvcon -r` as it was written: `NAME:field,field,…`. */
export interface RobotLine {
  readonly name: string;
  readonly fields: readonly RobotField[];
  /** False when a quote was not closed, or something followed a closing one. */
  readonly sound: boolean;
}

/**
 * Splits a line into its fields. A text may hold commas, markup, and `\"` or `\\` (seen in MSG 5072 and 3344), so
 * that a split at commas would be wrong. Null for what is no robot line: usage errors are plain text.
 */
export function parseRobotLine(line: string): RobotLine | null {
  const [, name, rest = ''] = /^([A-Z]{2,16}):(.*)$/s.exec(line) ?? [];
  if (name === undefined) return null;
  const fields: RobotField[] = [];
  let sound = true;
  for (let at = 0; at <= rest.length; ) {
    const field = rest[at] === '"' ? quotedField(rest, at) : bareField(rest, at);
    fields.push({ text: field.text, quoted: field.quoted });
    sound &&= field.sound;
    at = field.next;
  }
  return { name, fields, sound };
}

/** The line as MakeMKV writes it: the same bytes again for every line that was sound. */
export function formatRobotLine({ name, fields }: Pick<RobotLine, 'name' | 'fields'>): string {
  const written = fields.map(({ text, quoted }) => (quoted ? quote(text) : text));
  return `${name}:${written.join(',')}`;
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

interface ReadField extends RobotField {
  sound: boolean;
  /** Where the next field begins; beyond the end after the last one. */
  next: number;
}

function bareField(text: string, start: number): ReadField {
  const end = endOfField(text, start);
  return { text: text.slice(start, end), quoted: false, sound: true, next: end + 1 };
}

function quotedField(text: string, start: number): ReadField {
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') {
      parts.push(text.slice(from, at));
      from = at + 1;
      at++;
    } else if (text[at] === '"') {
      parts.push(text.slice(from, at));
      const end = endOfField(text, at + 1);
      return { text: parts.join(''), quoted: true, sound: end === at + 1, next: end + 1 };
    }
  }
  parts.push(text.slice(from));
  return { text: parts.join(''), quoted: true, sound: false, next: text.length + 1 };
}

function endOfField(text: string, start: number): number {
  const comma = text.indexOf(',', start);
  return comma === -1 ? text.length : comma;
}
