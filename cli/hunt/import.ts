import { fieldsOf } from "../../handlers/json";
import type { ImportCounts } from "../../handlers/findings/imported";
import { folderOf } from "../../handlers/history/batch";
import { createAskFunction } from "../ask-function";
import { confirmed, expectAnswer } from "../confirm";
import { counted } from "../replay/printer";
import { findStack } from "../stack-access";
import type { Hunter } from "./hunter";
import type { HuntRecord } from "./record";

/**
 * Has the function put the findings of a hunt into the table, in as many requests as it takes. What is there stays as it is, so
 * that one that was interrupted is simply asked for again.
 *
 * @returns the exit code
 */
export async function importFindings(
  { access, reports, values, io }: Hunter,
  { hunt, asked, amount }: HuntRecord,
  { why, yes }: { why: string; yes: boolean },
): Promise<number> {
  const results = (await reports.list(`${folderOf(hunt.id)}results/`)).length;
  if (results < amount.batches) {
    io.err(
      `cloudtrailer hunt: expected results of ${amount.batches} batches, found ${results}: npx cloudtrailer hunt --resume ${hunt.id}`,
    );
    return 1;
  }
  const { table, function: name, stack, endpoint } = values;
  const { region, aws } = access;
  const found = await findStack(["table", "function"], { table, function: name, stack, endpoint, region });
  expectAnswer(yes);
  if (!yes && !(await confirmed(`Put the findings of ${hunt.id} into the table ${found.table}?`))) return 1;
  const ask = createAskFunction({ ...found, endpoint, aws });
  const all: ImportCounts = { imported: 0, already: 0, refused: {} };
  for (let from: number | undefined = 0; from !== undefined; ) {
    io.progress?.(`${counted(all.imported, "finding")} imported, ${all.already} already there`);
    const { result } = await ask({ verb: "import", hunt: hunt.id, batches: amount.batches, from, why });
    const next = added(all, countsIn(result));
    if (next !== undefined && next <= from)
      throw new Error(
        "the function has no time for the findings after reading the results: raise timeoutSeconds, or hunt in less at once",
      );
    from = next;
  }
  io.progress?.("");
  const refused = Object.entries(all.refused);
  const sum = refused.reduce((total, [, count]) => total + count, 0);
  io.out(
    `${counted(all.imported, "finding")} imported, ${all.already.toLocaleString("en")} already there, ${sum.toLocaleString("en")} refused`,
  );
  for (const [reason, count] of refused) io.err(`refused: ${count.toLocaleString("en")} ${reason}`);
  io.err(
    `To list them: npx cloudtrailer findings --outcome imported --since ${asked.from} --until ${asked.until}`,
  );
  return sum === 0 ? 0 : 2;
}

/** Adds what came of a request. @returns where the next one goes on */
function added(all: ImportCounts, { imported, already, refused, next }: ImportCounts): number | undefined {
  all.imported += imported;
  all.already += already;
  for (const [reason, count] of Object.entries(refused))
    all.refused[reason] = (all.refused[reason] ?? 0) + count;
  return next;
}

/** @throws Error if the function answers something else */
function countsIn(result: string | undefined): ImportCounts {
  const { imported, already, refused, next } = fieldsOf(JSON.parse(result ?? "{}"));
  const isCount = (value: unknown) => Number.isSafeInteger(value);
  const isWhole = isCount(imported) && isCount(already) && Object.values(fieldsOf(refused)).every(isCount);
  if (!isWhole || !(next === undefined || isCount(next)))
    throw new Error(`expected counts of findings from the function, found ${JSON.stringify(result)}`);
  return { imported, already, refused, ...(next === undefined ? {} : { next }) } as ImportCounts;
}
