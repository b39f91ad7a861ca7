/*
 * The kernel of the log file reader, in AssemblyScript: goes over records, checks all of JSON's grammar on the way, and
 * notes those that somebody may want. In JavaScript a loop over the bytes of a log file costs more than twice what inflating
 * them does; here 64 bytes are looked at at a time (WebAssembly SIMD), and the price is a fraction of it.
 *
 * `npm run build:kernel` compiles it into handlers/cloudtrail/reader/kernel-wasm.ts, a string that the serialized callback
 * carries with it. handlers/cloudtrail/reader/kernel.ts is its only caller; layout.ts there says what stands where in memory.
 *
 * What it does with a block of 64 bytes, one file a stage:
 *
 *     block.ts     classify: which bytes are quotes, brackets, …; what is in a string
 *     nesting.ts   nest: what is inside of what
 *     grammar.ts   check: what may come after what
 *     notes.ts     noteBlock: records, their keys, their names, and the hints in them
 */
import { BLANK, BLOCK, COUNT, LOOK, NOTED, OUT_OF_TEXT, STOPPED } from "../handlers/cloudtrail/reader/layout";
import { classify, resetBlock, valid } from "./block";
import { check, hasBlank, isCut, resetGrammar } from "./grammar";
import { nest, resetNesting, useStack, within } from "./nesting";
import { after, beginNotes, count, noteBlock, noted, seenTo } from "./notes";

export { hashOf } from "./names";

/**
 * Goes over records, from the first byte of one on, and notes those whose name, hints or escapes somebody may want.
 *
 * Where a block is not what it should be, it stops: handlers/cloudtrail/reader/plain.ts finds the byte, or decides.
 *
 * Identities, user agents and the last members of records are the same in many records. Of such a value whose bytes it has
 * gone over before, in the same place of the grammar, it only makes sure that they are the same, and goes on behind it.
 *
 * @param stack where to keep a byte for each level of nesting; as much room as there are bytes
 * @param all whether to note every record
 * @param spaced whether there may be blanks between tokens; if not, it goes faster, and stops at the first one
 * @param maxRecordBytes it stops before a record that is longer
 * @returns the address after the last record that it went over, or `start`
 */
export function records(start: i32, end: i32, stack: i32, all: bool, spaced: bool, maxRecordBytes: i32): i32 {
  useStack(stack);
  beginNotes(start, all, maxRecordBytes);
  goOn(false);
  let stopped = OUT_OF_TEXT;
  for (let block = start; block < end && stopped == OUT_OF_TEXT; block += BLOCK) {
    const wrong = classify(block, end, spaced) | nest(block) | check(block, end, spaced);
    if (wrong != 0) stopped = hasBlank ? BLANK : LOOK;
    else if (isCut) break;
    else stopped = noteBlock(block, end);
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

/** The next block begins between records, or, behind something that was seen before, directly inside one. */
function goOn(isInRecord: bool): void {
  resetBlock();
  resetNesting(isInRecord);
  resetGrammar(!isInRecord);
}
