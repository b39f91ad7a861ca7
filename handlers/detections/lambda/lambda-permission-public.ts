import { uninspected } from "../readers/uninspected";
import type { DetectionContext } from "../../settings";
import { fieldsOf, textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";

export const lambdaPermissionPublic: Detection = {
  id: "lambda-permission-public",
  title: "Lambda function opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1546" },
  tier: "core",
  events: ["lambda:AddPermission"],
  remediation: "inverse",
  match(record, context) {
    const request = fieldsOf(record.requestParameters);
    const principal = textOf(request.principal) ?? "";
    const opened =
      principal === "*" ? !isLimited(request, context) : isForeign(accountIn(principal), context);
    if (!opened) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.principal",
        "requestParameters.action",
        "requestParameters.statementId",
        "requestParameters.qualifier",
        "requestParameters.functionUrlAuthType",
        "requestParameters.sourceAccount",
        "requestParameters.sourceArn",
      ),
      resources: resourcesOf("AWS::Lambda::Function", request.functionName),
    };
  },
  runbook: [
    "Remove the statement by its id, unless the owner of the function knows the account or wants the whole world to call it.",
    "Read the function's code and log for what an outsider could make it do with its role, and whether one did.",
    "Look at the same actor's UpdateFunctionCode, layers and function URLs: this permission is a usual way to come back later.",
  ],
  falsePositives: [
    "Functions behind a public function URL, and sister accounts that are not yet among the trusted accounts.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html",
  ],
};

/** Whether "everyone" is narrowed to an organization, or to an account or resource that is not a stranger's. */
function isLimited(request: Record<string, unknown>, context: DetectionContext): boolean {
  if (textOf(request.principalOrgID)) return true;
  const source = textOf(request.sourceAccount) ?? textOf(request.sourceArn) ?? "";
  return source !== "" && !isForeign(accountIn(source), context);
}
