import { deepStrictEqual } from "node:assert/strict";
import type { LogFileLimits, ReadLogFile, Wanted } from "../../handlers/cloudtrail/log-file";
import { fuzzedLogFile, fuzzWanted } from "./log-file-text";
import { type Expected, expectedOf } from "./reference";

const limits = { maxInflatedBytes: 1e6, maxRecordBytes: 1e6 };

/**
 * Reads the fuzzed log files of some seeds, and compares with a full parse: which texts are refused, each record's bytes
 * and which records are handed on, in order.
 *
 * @param createReader `createReadInflatedLogFile`, of the source or of the serialized text
 * @returns how many were read, and refused
 * @throws Error that names the seed and shows the text of the first difference
 */
export async function compareWithFullParse(
  createReader: (wanted: Wanted, limits: LogFileLimits) => ReadLogFile,
  first: number,
  count: number,
): Promise<{ read: number; refused: number }> {
  const readers = [fuzzWanted, { ...fuzzWanted, hints: [] }].map((wanted) => ({
    wanted,
    read: createReader(wanted, limits),
  }));
  const totals = { read: 0, refused: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const { bytes, chunks } = fuzzedLogFile(seed);
    const { wanted, read } = readers[seed % 2] as (typeof readers)[number];
    const expected = expectedOf(bytes, wanted);
    const found: Expected = { raw: [], handedOn: [] };
    let problem: Error | undefined;
    const counts = await read(
      `seed ${seed}`,
      (async function* () {
        yield* chunks;
      })(),
      {
        record: (record, hinted) => found.handedOn.push({ record, hinted }),
        raw: (json) => found.raw.push(json.toString("utf8")),
      },
    ).catch((error: Error) => {
      problem = error;
    });
    try {
      deepStrictEqual(problem === undefined ? found : undefined, expected);
      if (expected !== undefined)
        deepStrictEqual(counts, {
          records: expected.raw.length,
          parsed: expected.handedOn.length,
          bytes: bytes.length,
        });
    } catch (difference) {
      throw new Error(
        `seed ${seed} differs from a full parse${problem === undefined ? "" : ` (${problem.message})`}: ${JSON.stringify(bytes.toString("latin1"))}\n${(difference as Error).message}`,
        { cause: difference },
      );
    }
    if (expected === undefined) totals.refused++;
    else totals.read++;
  }
  return totals;
}
