import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";
import { databaseGone } from "../support/databases";

/**
 * Stops sharing the snapshot with the untrusted accounts that the event added; others that it was shared with before stay.
 * The other accounts keep copies made in the meantime.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html
 */
export const fixRdsSnapshotShared: Remediation = {
  id: "rds-snapshot-shared",
  reads: ["rds:DescribeDBSnapshotAttributes", "rds:DescribeDBClusterSnapshotAttributes"],
  writes: ["rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute"],
  async plan(finding: Finding, aws: CallAws) {
    const kind =
      nameOf(finding.record) === "ModifyDBClusterSnapshotAttribute" ? "DBClusterSnapshot" : "DBSnapshot";
    const parameter = `d${kind.slice(1)}Identifier`;
    const asked = requested(finding, [parameter]);
    if ("outcome" in asked) return asked;
    const snapshot = { [`${kind}Identifier`]: asked.values[parameter] };
    const what = `the snapshot ${asked.values[parameter]}`;
    const call = callsTo("rds", finding.region);
    const answer = await unlessGone(aws(call(`Describe${kind}Attributes`, snapshot)), databaseGone);
    if (answer === undefined) return alreadyOk(`${what} is gone`);
    const attributes = listOf(fieldsOf(answer[`${kind}AttributesResult`])[`${kind}Attributes`]).map(fieldsOf);
    const live = attributes
      .filter(({ AttributeName }) => AttributeName === "restore")
      .flatMap(({ AttributeValues }) => listOf(AttributeValues));
    const values = finding.match.evidence.map(({ value }) => value).filter((value) => live.includes(value));
    if (values.length === 0) return alreadyOk(`${what} is shared with nobody that the event added`);
    const modify = (list: "ValuesToAdd" | "ValuesToRemove") =>
      call(`Modify${kind}Attribute`, { ...snapshot, AttributeName: "restore", [list]: values });
    return {
      summary: `Stop sharing ${what} with ${values.join(", ")}`,
      calls: [modify("ValuesToRemove")],
      rollback: [modify("ValuesToAdd")],
    };
  },
};
