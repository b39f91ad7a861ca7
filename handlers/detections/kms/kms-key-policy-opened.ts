import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../readers/policy";

export const kmsKeyPolicyOpened: Detection = {
  id: "kms-key-policy-opened",
  title: "KMS key policy opened",
  severity: "high",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "rare",
  events: ["kms:CreateKey", "kms:PutKeyPolicy", "kms:ReplicateKey"],
  remediation: "alert",
  match(record, context) {
    const openings = openingsOf(statementsOf(valueAt(record, "requestParameters.policy")), context);
    if (openings.length === 0) return uninspected(record);
    return {
      evidence: evidenceOfOpenings(openings, "requestParameters.policy"),
      resources: resourcesOf(
        "AWS::KMS::Key",
        valueAt(record, "requestParameters.keyId") ?? valueAt(record, "responseElements.keyMetadata.keyId"),
      ),
    };
  },
  runbook: [
    "Have the key's administrator rewrite the policy with named principals, keeping the statement that lets the account's own IAM control the key: without that nobody can change it any more.",
    "Find out what the other account or the public could decrypt: snapshots, objects and secrets under this key.",
    "Look for Decrypt, CreateGrant and ReEncrypt calls from outside the account since then.",
  ],
  falsePositives: [
    "Keys for shared images, snapshots or buckets of a sister account that is not yet in `trustedAccounts`.",
  ],
  references: [
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  ],
};
