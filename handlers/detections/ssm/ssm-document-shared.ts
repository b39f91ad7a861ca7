import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { parameterPath } from "../readers/evidence";
import { isOutsider } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const ssmDocumentShared: Detection = {
  id: "ssm-document-shared",
  title: "SSM document shared outside the account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["ssm:ModifyDocumentPermission"],
  remediation: "inverse",
  match(record, context) {
    const outside = textsOf(parameterOf(record, "accountIdsToAdd")).filter((account) =>
      isOutsider(account.toLowerCase(), context),
    );
    if (outside.length === 0) return uninspected(record);
    return {
      evidence: outside.map((value) => ({
        parameter: parameterPath(record, "accountIdsToAdd"),
        value,
        why: value.toLowerCase() === "all" ? "is every AWS account" : "is another account",
      })),
      resources: named(record, "AWS::SSM::Document", "name"),
    };
  },
  runbook: [
    "Stop sharing it (ModifyDocumentPermission) unless its owner wants others to have it.",
    "Check what others may have learned from the document: addresses, names, passwords in scripts.",
    "Enable the public sharing block for documents in the settings of Systems Manager.",
  ],
  falsePositives: [
    "A document that a vendor or team publishes intentionally, and sister accounts that are not yet in `trustedAccounts`.",
  ],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html",
  ],
};
