import { fieldsOf, textOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { isTrue, numberOf, textsOf } from "../../cloudtrail/parameters";

export const ssmParametersBulkDecrypt: Detection = {
  id: "ssm-parameters-bulk-decrypt",
  title: "Many SecureString parameters decrypted",
  severity: "medium",
  attack: { technique: "T1555.006" },
  tier: "core",
  noise: "work",
  events: ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath"],
  hint: { field: "requestParameters", texts: ["withDecryption"] },
  remediation: "contain",
  burst: { windowMinutes: 10, threshold: 25, countedBy: principalKeyOf, distinct: parameters },
  match(record) {
    if (!isTrue(valueAt(record, "requestParameters.withDecryption"))) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.withDecryption",
        "requestParameters.name",
        "requestParameters.names",
        "requestParameters.path",
      ),
      resources: resourcesOf("AWS::SSM::Parameter", ...named(record)),
    };
  },
  runbook: [
    "Ask the actor, or the role's owner, why so many parameters are decrypted at once.",
    "Without an explanation, revoke the actor's permissions and rotate what the parameters contain: passwords, tokens, keys.",
    "Look for DescribeParameters before, and for use of those credentials afterwards.",
  ],
  falsePositives: [
    "Infrastructure as code that refreshes its state, and deployments that load a whole configuration.",
  ],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html",
  ],
};

function named(record: CloudTrailRecord): string[] {
  const request = fieldsOf(record.requestParameters);
  return [...textsOf(request.name), ...textsOf(request.names)];
}

/** The parameters that the call names; for a path, as many as the requested page may hold (10 by default). */
function parameters(record: CloudTrailRecord): string[] {
  if (nameOf(record) !== "GetParametersByPath") return named(record);
  const request = fieldsOf(record.requestParameters);
  const page = `${textOf(request.path) ?? ""}?${textOf(request.nextToken) ?? ""}`;
  const length = Math.max(1, Math.min(numberOf(request.maxResults) ?? 10, 10));
  return Array.from({ length: Math.floor(length) }, (_, index) => `${page}/${index}`);
}
