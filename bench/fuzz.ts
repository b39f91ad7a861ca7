/*
 * Differential fuzzing of the log file reader against its plain twin and JSON.parse:
 *
 *     node -r ./cli/register.js bench/fuzz.ts [COUNT] [FIRST SEED]      a million by default
 */
import { feedInflated } from "../handlers/cloudtrail/reader/gzip";
import { createReadInflatedLogFile } from "../handlers/cloudtrail/reader/index";
import { createReader } from "../handlers/cloudtrail/reader/log-file";
import { createPlainScanners } from "../handlers/cloudtrail/reader/plain";
import { compareWithFullParse, type CreateReader } from "./fuzz/differences";

const plain: CreateReader = (wanted, limits) =>
  createReader(wanted, limits, feedInflated, createPlainScanners);

async function main(): Promise<void> {
  const [count = 1_000_000, first = 0] = process.argv.slice(2).map(Number);
  const batch = 20_000;
  const totals = { read: 0, refused: 0 };
  for (let seed = first; seed < first + count; seed += batch) {
    const { read, refused } = await compareWithFullParse(
      { fast: createReadInflatedLogFile, plain },
      seed,
      Math.min(batch, first + count - seed),
    );
    totals.read += read;
    totals.refused += refused;
    console.log(
      `${totals.read + totals.refused} files: ${totals.read} read, ${totals.refused} refused, no difference`,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
