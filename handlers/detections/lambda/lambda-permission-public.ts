import { uninspected } from "../readers/uninspected";
import { type Fields, fieldsOf, textOf } from "../../json";
import type { Detection, Evidence } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { type GrantCondition, openingsOfGrant } from "../readers/grant";
import { whyOf } from "../readers/policy";

export const lambdaPermissionPublic: Detection = {
  id: "lambda-permission-public",
  title: "Lambda function opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1546" },
  tier: "core",
  noise: "rare",
  events: ["lambda:AddPermission"],
  remediation: "inverse",
  match(record, context) {
    const request = fieldsOf(record.requestParameters);
    const principal = textOf(request.principal) ?? "";
    const [opening] = openingsOfGrant(principal, conditionsOf(request), context, { anyService: true });
    if (opening === undefined) return uninspected(record);
    const byService = opening.to === "everyone" && opening.principal !== "*";
    return {
      evidence: [
        {
          parameter: "requestParameters.principal",
          value: principal,
          why: byService ? "may call on behalf of any account, because none is named" : whyOf(opening),
        },
        ...others.flatMap((name) => evidenceOf(request, name)),
      ],
      resources: resourcesOf("AWS::Lambda::Function", request.functionName),
      // For other services, it takes more than a bucket to have them call for a stranger.
      ...(byService && principal !== "s3.amazonaws.com" ? { severity: "medium" } : {}),
    };
  },
  runbook: [
    "Remove the statement by its ID, unless the function's owner knows the account or wants the whole world to call it.",
    "Read the function's code and log: what could an outsider make it do with its role, and did one?",
    "Look at the same actor's UpdateFunctionCode, layers and function URLs: this permission is a common back door.",
  ],
  falsePositives: [
    "Functions behind a public function URL, and sister accounts that are not yet in `trustedAccounts`.",
    "Permissions for a service without the source's ARN or account (reported as medium): add `--source-account`.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html",
  ],
};

/** Parameters that restrict the permission. */
const others = [
  "action",
  "statementId",
  "qualifier",
  "functionUrlAuthType",
  "principalOrgID",
  "sourceAccount",
  "sourceArn",
];

function evidenceOf(request: Fields, name: string): Evidence[] {
  const value = request[name];
  return value === undefined || value === null ? [] : [{ parameter: `requestParameters.${name}`, value }];
}

/**
 * The conditions of the statement that Lambda creates from a permission.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
function conditionsOf(request: Fields): GrantCondition[] {
  return [
    ["ArnLike", "AWS:SourceArn", request.sourceArn],
    ["StringEquals", "AWS:SourceAccount", request.sourceAccount],
    ["StringEquals", "aws:PrincipalOrgID", request.principalOrgID],
    // Known only to the function's owner and the calling service: Alexa's skill ID.
    ["StringEquals", "lambda:EventSourceToken", request.eventSourceToken],
  ];
}
