/** Numbers of the given width in bytes, most significant first, joined with the buffers between them. */
export function pack(...parts: (Buffer | string | readonly [width: 1 | 2 | 4, ...number[]])[]) {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      return Buffer.isBuffer(part) ? part : numbers(part);
    }),
  );
}

function numbers([width, ...values]: readonly [width: 1 | 2 | 4, ...number[]]): Buffer {
  const data = Buffer.alloc(width * values.length);
  for (const [index, value] of values.entries()) data.writeUIntBE(value, index * width, width);
  return data;
}

/** A block behind its length in four bytes. */
export function withLength(...parts: Parameters<typeof pack>): Buffer {
  const block = pack(...parts);
  return pack([4, block.length], block);
}

export function padded(data: Buffer, length: number): Buffer {
  return Buffer.concat([data, Buffer.alloc(Math.max(0, length - data.length))]);
}
