/** Reads as many bytes as requested from chunks. */
export interface ByteReader {
  /** At least one byte and at most `max`; none at the end. */
  some(most: number): Promise<Buffer>;
  /** The given number of bytes; fewer at the end. */
  take(count: number): Promise<Buffer>;
  skip(count: number): Promise<void>;
  /** Puts back the bytes taken last. */
  putBack(bytes: Buffer): void;
  /** Releases the chunks. */
  close(): Promise<void>;
}

export function createByteReader(chunks: AsyncIterable<Buffer>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function some(most: number): Promise<Buffer> {
    while (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done) return rest;
      rest = value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    return taken;
  }

  return {
    some,
    async take(count) {
      const pieces: Buffer[] = [];
      for (let left = count; left > 0; ) {
        const piece = await some(left);
        if (piece.length === 0) break;
        pieces.push(piece);
        left -= piece.length;
      }
      return Buffer.concat(pieces);
    },
    async skip(count) {
      for (let left = count; left > 0; ) {
        const piece = await some(left);
        if (piece.length === 0) return;
        left -= piece.length;
      }
    },
    putBack(bytes) {
      if (bytes.length > 0) rest = rest.length === 0 ? bytes : Buffer.concat([bytes, rest]);
    },
    async close() {
      await iterator.return?.();
    },
  };
}
