import type { ValueEnd } from "./grammar";
import type { WantedIndex } from "./wanted";

/** Scans the records of one log file at a time, whose text arrives in chunks. */
export interface Scanner {
  /** Address of the text's first byte. */
  readonly text: number;
  /** The memory that holds the text; {@link Scanner.put} may replace it. */
  bytes(): Buffer;
  /** Appends a chunk to the `length` bytes of text that are already there. */
  put(chunk: Uint8Array, length: number): void;
  /** Begins another text. @param all whether to note every record, or only those that may be wanted */
  begin(all: boolean): void;
  /**
   * Scans one or more records, the first of which begins at `from`, and notes them.
   *
   * @returns the address after the last one; if there is none, what a ValueEnd returns for the first
   */
  records(from: number, end: number): number;
  /** How many records it scanned. A record that is too long comes alone. */
  count(): number;
  /** How many of them it noted. */
  noted(): number;
  /** One of the notes, until the next one is asked for. */
  note(index: number): Note;
  /** Whether a long record has enlarged its memory. */
  hasGrown(): boolean;
}

/** What a scanner noted about a record. */
export interface Note {
  /** How many records preceded it in the same call. */
  place(): number;
  /** Addresses of its first byte and of the byte after its last. */
  from(): number;
  end(): number;
  /**
   * The hints that hold for it, or may because an escape could hide them: a bit for each, from 1 on. 0 if it may be wanted only
   * for its event, and `NOT_WANTED` if not even for that.
   */
  hinted(): number;
  /** Parses it. Recurring values are shared between records, so the result must not be changed. */
  parse(): unknown;
}

/** Prepares to create scanners, each with a memory of its own. */
export type CreateScanners = (
  index: WantedIndex,
  valueEnd: ValueEnd,
  maxRecordBytes: number,
) => () => Scanner;
