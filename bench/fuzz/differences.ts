import { deepStrictEqual, equal } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type {
  LogFileCounts,
  LogFileLimits,
  ReadLogFile,
  Wanted,
} from "../../handlers/cloudtrail/reader/index";
import { fuzzedLogFile, fuzzWanted } from "./log-file-text";
import { type Expected, expectedOf } from "./reference";

const limits = { maxInflatedBytes: 1e6, maxRecordBytes: 1e6 };

/** Creates a reader of inflated log files. */
export type CreateReader = (wanted: Wanted, limits: LogFileLimits) => ReadLogFile;

/** Everything that a reader makes of a text. */
interface Outcome {
  counts: LogFileCounts | undefined;
  problem: string | undefined;
  raw: string[];
  handedOn: { record: unknown; hinted: number }[];
}

/**
 * Reads the fuzzed log files of some seeds with two readers. Both must produce the same, errors included, and agree with a
 * full parse about which texts are refused, each record's bytes, and which records are passed on, in order.
 *
 * @param fast `createReadInflatedLogFile`, from the source or from the serialized text
 * @param plain the same without the kernel
 * @returns how many were read, and how many refused
 * @throws Error that names the seed and shows the text of the first difference
 */
export async function compareWithFullParse(
  { fast, plain }: { fast: CreateReader; plain: CreateReader },
  first: number,
  count: number,
): Promise<{ read: number; refused: number }> {
  const readers = [fuzzWanted, { ...fuzzWanted, hints: [] }].map((wanted) => ({
    wanted,
    fast: fast(wanted, limits),
    plain: plain(wanted, limits),
  }));
  const totals = { read: 0, refused: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const { bytes, chunks } = fuzzedLogFile(seed);
    const { wanted, fast, plain } = readers[seed % 2] as (typeof readers)[number];
    // With every other text, the reader may skip what nobody wants.
    const withRaw = seed % 4 < 2;
    const outcome = await outcomeOf(fast, `seed ${seed}`, chunks, withRaw);
    try {
      deepStrictEqual(
        outcome,
        await outcomeOf(plain, `seed ${seed}`, chunks, withRaw),
        "as the plain reader",
      );
      const expected = expectedOf(bytes, wanted);
      equal(outcome.problem === undefined, expected !== undefined, "read or refused");
      if (expected !== undefined) {
        if (withRaw) deepStrictEqual(outcome.raw, expected.raw);
        compareRecords(outcome.handedOn, expected);
        deepStrictEqual(outcome.counts, {
          records: expected.raw.length,
          parsed: outcome.handedOn.length,
          bytes: bytes.length,
        });
      }
    } catch (difference) {
      throw new Error(
        `seed ${seed} (${outcome.problem ?? "read"}): ${JSON.stringify(bytes.toString("latin1"))}\n${(difference as Error).message}`,
        { cause: difference },
      );
    }
    if (outcome.problem === undefined) totals.read++;
    else totals.refused++;
  }
  return totals;
}

async function outcomeOf(
  read: ReadLogFile,
  source: string,
  chunks: Buffer[],
  withRaw: boolean,
): Promise<Outcome> {
  const outcome: Outcome = { counts: undefined, problem: undefined, raw: [], handedOn: [] };
  const content = async function* () {
    yield* chunks;
  };
  try {
    outcome.counts = await read(source, content(), {
      record: (record, hinted) => outcome.handedOn.push({ record, hinted }),
      ...(withRaw ? { raw: (json: Buffer) => outcome.raw.push(json.toString("utf8")) } : {}),
    });
  } catch (error) {
    outcome.problem = (error as Error).message;
  }
  return outcome;
}

/** In order: everything that is wanted, with the hints that hold, and nothing that cannot be wanted. */
function compareRecords(handedOn: { record: unknown; hinted: number }[], { records }: Expected): void {
  let place = 0;
  for (const { record, isWanted, hinted, mayBeHinted } of records) {
    const found = handedOn[place];
    if (found === undefined || !isDeepStrictEqual(found.record, record)) {
      equal(isWanted, false, `passed on: ${JSON.stringify(record)}`);
      continue;
    }
    equal(found.hinted & hinted, hinted, `all hints of ${JSON.stringify(record)}`);
    equal(found.hinted & ~mayBeHinted, 0, `no other hints of ${JSON.stringify(record)}`);
    place++;
  }
  equal(place, handedOn.length, "nothing else is passed on");
}
