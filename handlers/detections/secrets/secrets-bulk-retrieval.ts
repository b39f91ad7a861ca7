import { fieldsOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { objectsOf, textsOf } from "../../cloudtrail/parameters";

export const secretsBulkRetrieval: Detection = {
  id: "secrets-bulk-retrieval",
  title: "Many secrets read",
  severity: "high",
  attack: { technique: "T1555.006" },
  tier: "core",
  noise: "work",
  events: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
  remediation: "contain",
  burst: {
    windowMinutes: 10,
    threshold: 10,
    countedBy: principalKeyOf,
    // A batch read is followed by one GetSecretValue record per secret.
    distinct: named,
    alone: (record) => (isCatchAll(record) ? "high" : undefined),
  },
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.secretId",
        "requestParameters.secretIdList",
        "requestParameters.filters",
      ),
      resources: resourcesOf("AWS::SecretsManager::Secret", ...named(record)),
    };
  },
  runbook: [
    "Ask the actor, or the role's owner, why so many secrets are needed at once; an application reads its few and caches them.",
    "Without an explanation, revoke the actor's permissions and rotate every secret that was read, beginning with those that reach production data.",
    "Follow the actor's other calls: ListSecrets before, and use of the credentials elsewhere afterwards.",
  ],
  falsePositives: [
    "Infrastructure as code that refreshes its state, secret replication and backup, and operators that sync secrets into Kubernetes.",
  ],
  references: [
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieve-ct-entries.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html",
  ],
};

function named(record: CloudTrailRecord): string[] {
  const request = fieldsOf(record.requestParameters);
  return [...textsOf(request.secretId), ...textsOf(request.secretIdList)];
}

/**
 * Whether a batch requests all secrets: nearly any secret passes every filter, because it is negated (`!x`) or an empty
 * prefix.
 */
function isCatchAll(record: CloudTrailRecord): boolean {
  if (nameOf(record) !== "BatchGetSecretValue") return false;
  const filters = objectsOf(valueAt(record, "requestParameters.filters"));
  const values = filters.map((filter) => textsOf(filter.values));
  return (
    filters.length > 0 &&
    values.every((texts) => texts.length > 0 && texts.every((text) => /^(?:!|$)/.test(text)))
  );
}
