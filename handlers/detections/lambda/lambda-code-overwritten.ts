import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAutomation, isAwsService } from "../readers/principal";
import { isTrue } from "../../cloudtrail/parameters";

export const lambdaCodeOverwritten: Detection = {
  id: "lambda-code-overwritten",
  title: "Lambda code replaced by a person",
  severity: "medium",
  attack: { technique: "T1525" },
  tier: "core",
  noise: "changes",
  events: ["lambda:UpdateFunctionCode"],
  remediation: "alert",
  match(record, context) {
    if (isTrue(valueAt(record, "requestParameters.dryRun"))) return undefined;
    // Deployments go through CloudFormation or automation roles; everybody else counts as a person here.
    if (isAwsService(record) || isAutomation(record, context)) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.functionName",
        "requestParameters.s3Bucket",
        "requestParameters.imageUri",
        "responseElements.codeSha256",
        "responseElements.revisionId",
      ),
      resources: resourcesOf(
        "AWS::Lambda::Function",
        valueAt(record, "requestParameters.functionName") ?? valueAt(record, "responseElements.functionArn"),
      ),
    };
  },
  runbook: [
    "Ask the actor what they changed, and compare the code hash in the response with that of your last build.",
    "If they cannot say, deploy the last known build again; keep the unknown code (GetFunction) for the investigation.",
    "Find out what the function's role may do, and what it has done since then.",
  ],
  falsePositives: [
    "Deployments by a pipeline that is not in `automation`, and engineers trying something in a development account.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
  ],
};
