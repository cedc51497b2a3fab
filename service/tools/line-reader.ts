const LINE_FEED = 10;

/** One line of a program's output, without its end. `dropped`: bytes behind the longest line that is kept. */
export type TakeLine = (line: string, dropped: number) => void;

export interface LineReader {
  /** Bytes, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** The output has ended; a last line without its end counts, too. */
  end(): void;
}

/**
 * Cuts output into lines, which end with LF or CR LF. Never holds more than `longest` bytes: a program that forgets
 * to end its line must not fill the memory. Bytes that are not UTF-8 become U+FFFD.
 */
export function createLineReader(longest: number, take: TakeLine): LineReader {
  const decoder = new TextDecoder();
  const line = new Uint8Array(longest);
  let length = 0;
  let dropped = 0;

  const append = (bytes: Uint8Array) => {
    const kept = bytes.subarray(0, longest - length);
    line.set(kept, length);
    length += kept.length;
    dropped += bytes.length - kept.length;
  };

  const finish = () => {
    const text = decoder.decode(line.subarray(0, length)).replace(/\r$/, '');
    const behind = dropped;
    length = 0;
    dropped = 0;
    take(text, behind);
  };

  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
        append(chunk.subarray(from, at));
        finish();
        from = at + 1;
      }
      append(chunk.subarray(from));
    },
    end() {
      if (length > 0) finish();
    },
  };
}
