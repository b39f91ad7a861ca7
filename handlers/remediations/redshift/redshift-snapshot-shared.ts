import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Stops sharing the snapshot with the account that the event added. The account keeps what it has restored.
 *
 * Source: https://docs.aws.amazon.com/redshift/latest/APIReference/API_RevokeSnapshotAccess.html
 */
export const fixRedshiftSnapshotShared: Remediation = {
  id: "redshift-snapshot-shared",
  reads: ["redshift:DescribeClusterSnapshots"],
  writes: ["redshift:RevokeSnapshotAccess"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) !== "AuthorizeSnapshotAccess")
      return refused("a person must restore data shares and endpoints");
    const asked = requested(finding, ["snapshotIdentifier", "accountWithRestoreAccess"]);
    if ("outcome" in asked) return asked;
    const { snapshotIdentifier: SnapshotIdentifier, accountWithRestoreAccess } = asked.values;
    const call = callsTo("redshift", finding.region);
    const gone = ["ClusterSnapshotNotFoundFault", "ClusterSnapshotNotFound"];
    const answer = await unlessGone(aws(call("DescribeClusterSnapshots", { SnapshotIdentifier })), gone);
    const [live] = listOf(answer?.Snapshots).map(fieldsOf);
    const accounts = listOf(live?.AccountsWithRestoreAccess).map((one) => fieldsOf(one).AccountId);
    const what = `the snapshot ${SnapshotIdentifier} with ${accountWithRestoreAccess}`;
    if (!accounts.includes(accountWithRestoreAccess)) return alreadyOk(`${what} is no longer shared`);
    const access = { SnapshotIdentifier, AccountWithRestoreAccess: accountWithRestoreAccess };
    return {
      summary: `Stop sharing ${what}`,
      calls: [{ ...call("RevokeSnapshotAccess", access), doneWhen: gone }],
      rollback: [call("AuthorizeSnapshotAccess", access)],
    };
  },
};
