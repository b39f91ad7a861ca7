import { deepStrictEqual, equal } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
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
    const raw: string[] = [];
    const handedOn: { record: unknown; hinted: number }[] = [];
    let problem: Error | undefined;
    const counts = await read(
      `seed ${seed}`,
      (async function* () {
        yield* chunks;
      })(),
      {
        record: (record, hinted) => handedOn.push({ record, hinted }),
        // With every other text the reader may pass over what nobody wants.
        ...(seed % 4 < 2 ? { raw: (json: Buffer) => raw.push(json.toString("utf8")) } : {}),
      },
    ).catch((error: Error) => {
      problem = error;
    });
    try {
      equal(problem === undefined, expected !== undefined, "read or refused");
      if (expected !== undefined) {
        if (seed % 4 < 2) deepStrictEqual(raw, expected.raw);
        compareRecords(handedOn, expected);
        deepStrictEqual(counts, {
          records: expected.raw.length,
          parsed: handedOn.length,
          bytes: bytes.length,
        });
      }
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

/** In order: all that is wanted, with the hints that hold, and nothing that cannot be. */
function compareRecords(handedOn: { record: unknown; hinted: number }[], { records }: Expected): void {
  let place = 0;
  for (const { record, isWanted, hinted, mayBeHinted } of records) {
    const found = handedOn[place];
    if (found === undefined || !isDeepStrictEqual(found.record, record)) {
      equal(isWanted, false, `handed on: ${JSON.stringify(record)}`);
      continue;
    }
    equal(found.hinted & hinted, hinted, `all hints of ${JSON.stringify(record)}`);
    equal(found.hinted & ~mayBeHinted, 0, `no other hints of ${JSON.stringify(record)}`);
    place++;
  }
  equal(place, handedOn.length, "nothing else is handed on");
}
