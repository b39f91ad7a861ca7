import type { Difference } from "../alerts/summaries";
import type { Table } from "../aws/table";
import { canonicalJson } from "../json";

/** Reports what differs from what a deployment left, or that nothing does any more: once until it changes. */
export type ReportDifferences = (differences: Difference[]) => Promise<void>;

/**
 * Creates the report.
 *
 * @param key the item of the table that has what was reported last
 * @param alertDifferences publishes it
 */
export function createReportDifferences(
  table: Pick<Table, "get" | "update">,
  key: string,
  alertDifferences: ReportDifferences,
): ReportDifferences {
  return async (differences) => {
    const found = canonicalJson(differences);
    const reported = (await table.get(key)).differences?.S ?? "[]";
    if (found === reported) return;
    await alertDifferences(differences);
    // Recorded after the alert is out, so that the next check retries one that failed.
    await table.update(key, { set: { differences: { S: found } } });
  };
}
