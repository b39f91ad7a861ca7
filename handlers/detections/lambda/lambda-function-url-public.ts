import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const lambdaFunctionUrlPublic: Detection = {
  id: "lambda-function-url-public",
  title: "Lambda function URL without authentication",
  severity: "high",
  attack: { technique: "T1133" },
  tier: "core",
  noise: "changes",
  events: ["lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"],
  remediation: "inverse",
  match(record) {
    if (valueAt(record, "requestParameters.authType") !== "NONE") return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.authType",
        "requestParameters.qualifier",
        "responseElements.functionUrl",
      ),
      resources: resourcesOf(
        "AWS::Lambda::Function",
        valueAt(record, "requestParameters.functionName") ?? valueAt(record, "responseElements.functionArn"),
      ),
    };
  },
  runbook: [
    "Ask whether anybody on the internet should be able to call the function; if not, set the URL to AWS_IAM.",
    "Read the function's code for what an anonymous caller can make it do with its role, and its log for calls since the change.",
    "Look at the function's resource policy, too: public access needs a statement with Principal *, which may have been there before.",
  ],
  falsePositives: [
    "Webhooks and public sites that check a signature themselves or serve only public content.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html",
  ],
};
