import { uninspected } from "../readers/uninspected";
import type { DetectionContext } from "../../settings";
import { fieldsOf } from "../../json";
import { type CloudTrailRecord, serviceOf } from "../../cloudtrail/record";
import type { Detection, Evidence, Match, Resource } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../readers/policy";
import { isForeign } from "../readers/principal";
import { fieldOf, parameterOf, textsOf } from "../../cloudtrail/parameters";

export const sqsSnsPolicyPublic: Detection = {
  id: "sqs-sns-policy-public",
  title: "Queue or topic policy opened to everyone",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "changes",
  events: [
    "sns:AddPermission",
    "sns:CreateTopic",
    "sns:SetTopicAttributes",
    "sqs:AddPermission",
    "sqs:CreateQueue",
    "sqs:SetQueueAttributes",
  ],
  // The attribute, and the accounts of AddPermission, with either case of the first letter.
  hint: { field: "requestParameters", texts: ["olicy", "AccountId"] },
  remediation: "read-modify",
  match(record, context) {
    return openedByPolicy(record, context) ?? openedToAccounts(record, context) ?? uninspected(record);
  },
  runbook: [
    "Remove the statement from the policy (RemovePermission with its label if AddPermission created it).",
    "Find out what the messages contain, and whether strangers subscribed, received or sent any: the topic's subscriptions, and the queue's metrics.",
    "Rewrite the policy with the sender named, or with aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID as a condition.",
  ],
  falsePositives: [
    "Topics that publish public announcements; queues and topics that AWS services write to under an older policy without a condition.",
    "Sister accounts that are not yet in `trustedAccounts` (reported as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html",
  ],
};

/** The policy is one of several attributes, or (SNS) the value of the only attribute set. */
function openedByPolicy(record: CloudTrailRecord, context: DetectionContext): Match | undefined {
  const request = fieldsOf(record.requestParameters);
  const [parameter, policy] =
    request.attributeName === "Policy"
      ? ["requestParameters.attributeValue", request.attributeValue]
      : ["requestParameters.attributes.Policy", fieldOf(request.attributes ?? request.attribute, "Policy")];
  const openings = openingsOf(statementsOf(policy), context);
  if (openings.length === 0) return undefined;
  const match = { evidence: evidenceOfOpenings(openings, parameter), resources: touched(record) };
  return openings.some(({ to }) => to === "everyone") ? match : { ...match, ...toAnotherAccount };
}

/** How much less severe it is than for everyone. */
const toAnotherAccount = {
  severity: "medium",
  title: "Queue or topic opened to another account",
} as const;

/** AddPermission names accounts; `*` is everyone. */
function openedToAccounts(record: CloudTrailRecord, context: DetectionContext): Match | undefined {
  const names = ["aWSAccountIds", "aWSAccountId", "AWSAccountIds", "AWSAccountId"];
  const evidence = names.flatMap((name): Evidence[] => {
    const parameter = `requestParameters.${name}`;
    return textsOf(valueAt(record, parameter))
      .filter((account) => account === "*" || isForeign(account, context))
      .map((value) => ({
        parameter,
        value,
        why: value === "*" ? "lets in everyone" : `lets in account ${value}`,
      }));
  });
  if (evidence.length === 0) return undefined;
  const match: Match = { evidence, resources: touched(record) };
  return evidence.some(({ value }) => value === "*") ? match : { ...match, ...toAnotherAccount };
}

function touched(record: CloudTrailRecord): Resource[] {
  return serviceOf(record) === "sqs"
    ? resourcesOf(
        "AWS::SQS::Queue",
        parameterOf(record, "queueUrl") ?? valueAt(record, "responseElements.queueUrl"),
      )
    : resourcesOf(
        "AWS::SNS::Topic",
        parameterOf(record, "topicArn") ?? valueAt(record, "responseElements.topicArn"),
      );
}
