import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const kmsGrantCreated: Detection = {
  id: "kms-grant-created",
  title: "KMS grant given to another account",
  severity: "high",
  attack: { technique: "T1098.001" },
  tier: "extended",
  noise: "rare",
  events: ["kms:CreateGrant"],
  remediation: "inverse",
  match(record, context) {
    const grantees = ["granteePrincipal", "retiringPrincipal"].filter((name) =>
      isForeign(accountIn(textParameterOf(record, name)), context),
    );
    if (grantees.length === 0) return uninspected(record);
    return {
      evidence: shown(record, ...grantees, "operations", "responseElements.grantId"),
      resources: named(record, "AWS::KMS::Key", "keyId"),
    };
  },
  runbook: [
    "Revoke the grant (RevokeGrant) unless the key's owner knows the account: grants are not in any policy, so few people see them.",
    "Look for Decrypt and ReEncrypt by that account on the key since then.",
    "List the key's other grants (ListGrants).",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html",
  ],
};
