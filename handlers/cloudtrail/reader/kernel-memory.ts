import { BLOCK } from "./layout";

/** The memory of one kernel, with the text of one log file in it. */
export interface KernelMemory {
  /** What the kernel is linked with. */
  readonly memory: WebAssembly.Memory;
  /** Address of the first byte of text. */
  readonly text: number;
  /** Address of the room for the levels of nesting. */
  stack: number;
  /** The whole memory as bytes, and as 32-bit words; replaced when it grows. */
  bytes: Buffer;
  words: Int32Array;
  /** Appends a chunk to the `length` bytes of text that are already there. */
  put(chunk: Uint8Array, length: number): void;
  hasGrown(): boolean;
}

/** @param tablesEnd address after everything that layout.ts puts before the text */
export function createKernelMemory(tablesEnd: number): KernelMemory {
  const pageBytes = 65_536;
  const initialCapacity = 8 * pageBytes;
  const text = Math.ceil(tablesEnd / BLOCK) * BLOCK;
  const stackFor = (capacity: number) => text + capacity + BLOCK;
  const pagesFor = (capacity: number) => Math.ceil((stackFor(capacity) + capacity + BLOCK) / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pagesFor(initialCapacity) });
  let capacity = initialCapacity;

  const view: KernelMemory = {
    memory,
    text,
    stack: stackFor(capacity),
    bytes: Buffer.from(memory.buffer),
    words: new Int32Array(memory.buffer),
    put(chunk, length) {
      const end = length + chunk.length;
      if (end > capacity) grow(end);
      view.bytes.set(chunk, text + length);
      view.bytes.fill(0, text + end, text + end + BLOCK);
    },
    hasGrown: () => capacity > initialCapacity,
  };

  function grow(needed: number): void {
    while (capacity < needed) capacity *= 2;
    memory.grow(Math.max(0, pagesFor(capacity) - memory.buffer.byteLength / pageBytes));
    view.bytes = Buffer.from(memory.buffer);
    view.words = new Int32Array(memory.buffer);
    view.stack = stackFor(capacity);
  }

  return view;
}
