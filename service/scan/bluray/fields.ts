/** Reads big-endian fields one after the other; a RangeError is thrown where the data ends. */
export class Fields {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  get left(): number {
    return this.#data.length - this.#at;
  }

  u8(): number {
    return this.#data.readUInt8(this.#move(1));
  }

  u16(): number {
    return this.#data.readUInt16BE(this.#move(2));
  }

  u32(): number {
    return this.#data.readUInt32BE(this.#move(4));
  }

  text(length: number): string {
    return this.bytes(length).toString('latin1');
  }

  skip(length: number): void {
    this.#move(length);
  }

  bytes(length: number): Buffer {
    const from = this.#move(length);
    if (this.#at > this.#data.length) throw new RangeError('beyond the end');
    return this.#data.subarray(from, this.#at);
  }

  /** The next `length` bytes as fields of their own: what is inside cannot reach beyond them. */
  part(length: number): Fields {
    return new Fields(this.bytes(length));
  }

  #move(length: number): number {
    const from = this.#at;
    this.#at += length;
    return from;
  }
}

/** The fields from `position` on, after the length that they begin with. */
export function sectionAt(data: Buffer, position: number): Fields {
  const length = data.readUInt32BE(position);
  return new Fields(data.subarray(position + 4)).part(length);
}
