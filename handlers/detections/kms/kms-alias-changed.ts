import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const kmsAliasChanged: Detection = {
  id: "kms-alias-changed",
  title: "Key alias pointed to another key",
  severity: "medium",
  attack: { technique: "T1565" },
  tier: "extended",
  noise: "work",
  events: ["kms:DeleteAlias", "kms:UpdateAlias"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["aliasName", "targetKeyId"],
      named(record, "AWS::KMS::Alias", "aliasName"),
    );
    return match !== undefined && nameOf(record) === "DeleteAlias" ? { ...match, severity: "low" } : match;
  },
  runbook: [
    "Find out whose key the alias names now: whatever uses the alias encrypts with it from now on.",
    "Point the alias back (aws kms update-alias) unless the key was renewed.",
    "Look for data that was encrypted since then, and for a key that is about to be deleted.",
  ],
  falsePositives: ["A key that is renewed by hand, for the first time by this person."],
  references: [
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys-manually.html",
  ],
};
