import { fieldsOf, listOf } from "../../cloudtrail/record";
import type { CallAws } from "../remediation";
import { callsTo, unlessGone } from "../support";

/** What RDS says when a database does not exist: the SDK's names and those on the wire. */
export const databaseGone = [
  "DBInstanceNotFoundFault",
  "DBInstanceNotFound",
  "DBClusterNotFoundFault",
  "DBSnapshotNotFoundFault",
  "DBSnapshotNotFound",
  "DBClusterSnapshotNotFoundFault",
];

/** A database instance or cluster as RDS describes it; undefined when it is gone. */
export async function databaseOf(
  kind: "DBInstance" | "DBCluster",
  identifier: string,
  region: string,
  aws: CallAws,
): Promise<Record<string, unknown> | undefined> {
  const call = callsTo("rds", region)(`Describe${kind}s`, { [`${kind}Identifier`]: identifier });
  const answer = await unlessGone(aws(call), databaseGone);
  const [database] = listOf(answer?.[`${kind}s`]);
  return database === undefined ? undefined : fieldsOf(database);
}
