/*
 * The kernel of the log file reader, in AssemblyScript: scans records, checks JSON's whole grammar on the way, and notes the
 * records that may be wanted. A loop over the bytes in JavaScript takes more than twice as long as inflating them; this looks at
 * 64 bytes together (WebAssembly SIMD) and takes a fraction of it.
 *
 * `npm run build:kernel` compiles it into handlers/cloudtrail/reader/kernel-wasm.ts, a string that the serialized callback
 * carries. Only handlers/cloudtrail/reader/kernel.ts calls it; layout.ts beside that is the layout of its memory.
 *
 * Each block of 64 bytes passes through these stages:
 *
 *     block.ts     classify: which bytes are quotes, brackets, …, and which are inside strings
 *     nesting.ts   nest: what is inside what
 *     grammar.ts   check: what may follow what
 *     notes.ts     noteBlock: records, their keys and names, and the hints in them
 */
import { BLANK, BLOCK, COUNT, LOOK, NOTED, OUT_OF_TEXT, STOPPED } from "../handlers/cloudtrail/reader/layout";
import { classify, resetBlock, valid } from "./block";
import { check, hasBlank, isCut, resetGrammar } from "./grammar";
import { nest, resetNesting, useStack, within } from "./nesting";
import { after, beginNotes, count, noteBlock, noted, seenTo } from "./notes";

export { hashOf } from "./names";

/**
 * Scans records, the first of which begins at `start`, and notes those that may be wanted: for their event, for a hint, or for
 * an escape that could hide either.
 *
 * It stops at a block that breaks the grammar, or has an escape in a key: handlers/cloudtrail/reader/plain.ts then finds the
 * byte, or decides. Identities, user agents and the last members of records recur. The kernel keeps such values, recognizes
 * them where they recur, byte for byte and at the same place of the grammar, and continues after them.
 *
 * @param stack room for the open brackets: as many bytes as the text has
 * @param all whether to note every record
 * @param spaced whether there may be blanks between tokens; without, it is faster and stops at the first one
 * @param maxRecordBytes it stops before a longer record
 * @returns the address after the last record that it scanned, or `start`
 */
export function records(start: i32, end: i32, stack: i32, all: bool, spaced: bool, maxRecordBytes: i32): i32 {
  useStack(stack);
  beginNotes(start, all, maxRecordBytes);
  goOn(false);
  let stopped = OUT_OF_TEXT;
  for (let block = start; block < end && stopped == OUT_OF_TEXT; block += BLOCK) {
    const wrong = classify(block, end, spaced) | nest(block) | check(block, end, spaced);
    stopped = wrong == 0 ? noteBlock(block, end) : hasBlank ? BLANK : LOOK;
    if (isCut) break;
    if (stopped == OUT_OF_TEXT && within != valid) stopped = LOOK;
    if (seenTo > block + BLOCK) {
      block = seenTo - BLOCK;
      goOn(true);
    }
  }
  store<i32>(COUNT, count);
  store<i32>(NOTED, noted());
  store<i32>(STOPPED, stopped);
  return after;
}

/** The next block begins between records or, after a recognized value, directly inside one. */
function goOn(isInRecord: bool): void {
  resetBlock();
  resetNesting(isInRecord);
  resetGrammar(!isInRecord);
}
