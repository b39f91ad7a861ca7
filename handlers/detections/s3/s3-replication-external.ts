import { uninspected } from "../readers/uninspected";
import { fieldsOf, textOf } from "../../json";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { isForeign } from "../readers/principal";
import { objectsOf } from "../../cloudtrail/parameters";

const rules = "requestParameters.ReplicationConfiguration.Rule";

export const s3ReplicationExternal: Detection = {
  id: "s3-replication-external",
  title: "Bucket replication to another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["s3:PutBucketReplication"],
  remediation: "read-modify",
  match(record, context) {
    const evidence = objectsOf(valueAt(record, rules)).flatMap((rule, index) => {
      const destination = fieldsOf(rule.Destination);
      const account = accountWritten(destination.Account);
      if (!isForeign(account, context)) return [];
      const value = { ID: rule.ID, Destination: { Account: account, Bucket: destination.Bucket } };
      return [{ parameter: `${rules}[${index}]`, value, why: `copies to account ${account}` }];
    });
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: resourcesOf(
        "AWS::S3::Bucket",
        valueAt(record, "requestParameters.bucketName"),
        ...evidence.map(({ value }) => value.Destination.Bucket),
      ),
    };
  },
  runbook: [
    "Remove the rule from the replication configuration; what was written since it was created has already been copied.",
    "Find out whose account the destination is, and add it to `trustedAccounts` if it is yours.",
    "Check the replication role: it may read every object version of the bucket, and other rules could use it, too.",
  ],
  falsePositives: ["Backup to an account of the same company that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html",
  ],
};

/** S3 converts what looks like a number in its XML to one, which loses leading zeros. */
function accountWritten(value: unknown): string | undefined {
  return typeof value === "number" ? String(value).padStart(12, "0") : textOf(value);
}
