import type { ValueEnd } from "./grammar";
import type { WantedIndex } from "./wanted";

/** Goes over the records of one log file at a time; its text comes in chunks. */
export interface Scanner {
  /** Address of the text's first byte. */
  readonly text: number;
  /** The memory in which the text stands; another object after {@link Scanner.put} made it larger. */
  bytes(): Buffer;
  /** Puts a chunk of text behind the `length` bytes that are there. */
  put(chunk: Uint8Array, length: number): void;
  /** Another text begins. @param all whether to note every record, or those alone that may be wanted */
  begin(all: boolean): void;
  /**
   * Goes over records from address `from` on, the first byte of one, and notes them.
   *
   * @returns the address after the last one; or, for the first one, what a ValueEnd answers
   */
  records(from: number, end: number): number;
  /** How many records it went over. One that is too long comes alone. */
  count(): number;
  /** How many of them it noted. */
  noted(): number;
  /** What it noted of one, until it is asked for another. */
  note(index: number): Note;
  /** Whether a long record has made it large. */
  hasGrown(): boolean;
}

/** What a scanner knows of a record. */
export interface Note {
  /** How many records were before it in the same call. */
  place(): number;
  /** Addresses of its first byte, and of the byte after it. */
  from(): number;
  end(): number;
  /**
   * Which hints hold for it, or may, since an escape may hide them: a bit for each, 1 for the first. 0 where its name alone may
   * be wanted; `NOT_WANTED` where nothing is.
   */
  hinted(): number;
  /** Parses it. What is the same in many records is parsed once: they share it, and nobody may change it. */
  parse(): unknown;
}

/** Makes what makes scanners, each with a memory of its own. */
export type CreateScanners = (
  index: WantedIndex,
  valueEnd: ValueEnd,
  maxRecordBytes: number,
) => () => Scanner;
