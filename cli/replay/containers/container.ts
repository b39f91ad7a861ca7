import type { Content } from "../content";

/** Something that holds other contents: an archive, or compressed bytes. */
export interface Container {
  /** As in docs/replay.md: `zip`. */
  form: string;
  /** Whether the bytes that begin so are one. */
  is(head: Buffer): boolean;
  /**
   * What is in it, one after another: each is to be read before the next is asked for. Throws where it is broken, after
   * what came before that.
   */
  contents(content: Content): AsyncIterable<Inside>;
}

/** A content inside of a container, or an entry that cannot be read. */
export type Inside = Content | { name: string; refused: string };
