import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf } from "../../json";

/** RDS's errors for a missing database: the SDK's names and those on the wire. */
export const databaseGone = [
  "DBInstanceNotFoundFault",
  "DBInstanceNotFound",
  "DBClusterNotFoundFault",
  "DBSnapshotNotFoundFault",
  "DBSnapshotNotFound",
  "DBClusterSnapshotNotFoundFault",
];

/**
 * The database of a modification, under its current name: the same call may have renamed it, at once or in the next
 * maintenance window. Undefined if it is gone under both names.
 *
 * @param renamed the new name that the call requested
 */
export async function modifiedDatabaseOf(
  kind: "DBInstance" | "DBCluster",
  identifier: string,
  renamed: string | undefined,
  region: string,
  aws: CallAws,
): Promise<{ identifier: string; live: Record<string, unknown> } | undefined> {
  for (const name of renamed === undefined ? [identifier] : [identifier, renamed]) {
    const live = await databaseOf(kind, name, region, aws);
    if (live !== undefined) return { identifier: name, live };
  }
  return undefined;
}

/** A database instance or cluster as described by RDS; undefined if it is gone. */
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
