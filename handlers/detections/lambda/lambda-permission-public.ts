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
          why: byService ? "may call for what is anybody's: no account is named" : whyOf(opening),
        },
        ...others.flatMap((name) => evidenceOf(request, name)),
      ],
      resources: resourcesOf("AWS::Lambda::Function", request.functionName),
      // Of other services it takes more than a bucket to have them call for a stranger.
      ...(byService && principal !== "s3.amazonaws.com" ? { severity: "medium" } : {}),
    };
  },
  runbook: [
    "Remove the statement by its id, unless the owner of the function knows the account or wants the whole world to call it.",
    "Read the function's code and log for what an outsider could make it do with its role, and whether one did.",
    "Look at the same actor's UpdateFunctionCode, layers and function URLs: this permission is a usual way to come back later.",
  ],
  falsePositives: [
    "Functions behind a public function URL, and sister accounts that are not yet among the trusted accounts.",
    "Permissions for a service that were made without the source's ARN or account (reported as medium): add `--source-account`.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html",
  ],
};

/** Parameters that say more of the permission. */
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
 * The conditions of the statement that Lambda makes of a permission.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
function conditionsOf(request: Fields): GrantCondition[] {
  return [
    ["ArnLike", "AWS:SourceArn", request.sourceArn],
    ["StringEquals", "AWS:SourceAccount", request.sourceAccount],
    ["StringEquals", "aws:PrincipalOrgID", request.principalOrgID],
    // What the function's owner and the service's caller alone know: Alexa's skill id.
    ["StringEquals", "lambda:EventSourceToken", request.eventSourceToken],
  ];
}
