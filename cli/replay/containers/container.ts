import type { Content } from "../content";

/** Something that contains other contents: an archive, or compressed bytes. */
export interface Container {
  /** As in docs/replay.md: `zip`. */
  form: string;
  /** Whether bytes with this beginning are one. */
  is(head: Buffer): boolean;
  /**
   * Its contents, one after another: each must be read before the next is requested. Throws where it is broken, after the
   * contents before that.
   */
  contents(content: Content): AsyncIterable<Inside>;
}

/** A content inside a container, or an entry that cannot be read. */
export type Inside = Content | { name: string; refused: string };
