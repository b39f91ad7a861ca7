import type { Detection } from "../detection";
import { isTrue, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const secretsSecretDeleted: Detection = {
  id: "secrets-secret-deleted",
  title: "Many secrets deleted without recovery",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: ["secretsmanager:DeleteSecret"],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 10,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "secretId")),
  },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isTrue(parameterOf(record, "forceDeleteWithoutRecovery"))) return uninspected(record);
    return calledByHand(
      record,
      context,
      ["secretId", "forceDeleteWithoutRecovery"],
      named(record, "AWS::SecretsManager::Secret", "secretId"),
    );
  },
  runbook: [
    "Ask the actor whether this was intended; whatever depends on the secrets fails the next time it reads them.",
    "Recreate the secrets from where their values are kept, or change the passwords behind them.",
    "Revoke the actor's permissions if there is no explanation, and look for earlier reads of the same secrets.",
  ],
  falsePositives: ["Tests, and infrastructure as code that sets the recovery window to 0."],
  references: [
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  ],
};
