import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { valueAt } from "../readers/evidence";
import { isOutsider } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";
import { databasesOf } from "../readers/databases";

const parameter = "requestParameters.valuesToAdd";

export const rdsSnapshotShared: Detection = {
  id: "rds-snapshot-shared",
  title: "RDS snapshot shared or public",
  severity: "critical",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["rds:ModifyDBClusterSnapshotAttribute", "rds:ModifyDBSnapshotAttribute"],
  remediation: "inverse",
  match(record, context) {
    if ((valueAt(record, "requestParameters.attributeName") ?? "restore") !== "restore") return undefined;
    const outsiders = textsOf(valueAt(record, parameter)).filter((value) => isOutsider(value, context));
    if (outsiders.length === 0) return uninspected(record);
    return {
      evidence: outsiders.map((value) => ({
        parameter,
        value,
        why: value === "all" ? "is every AWS account" : "is another account",
      })),
      resources: databasesOf(record),
    };
  },
  runbook: [
    "Remove the added accounts again; they keep copies they have already made.",
    "Find out what the database contained and treat it as disclosed, personal data included, unless you know the account.",
    "If the snapshot is encrypted, look at its KMS key's policy and grants for the same account.",
  ],
  falsePositives: ["A copy for a sister account or vendor that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html",
  ],
};
