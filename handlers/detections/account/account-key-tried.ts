import type { Detection } from "../detection";
import { isTrue } from "../../cloudtrail/parameters";
import { nameOf, succeeded, wasRefused } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import { isByHand } from "../readers/by-hand";
import { evidenceAt } from "../readers/evidence";
import { isScanner, principalKeyOf } from "../readers/principal";

export const accountKeyTried: Detection = {
  id: "account-key-tried",
  title: "User's access key tested",
  severity: "medium",
  attack: { technique: "T1526" },
  tier: "extended",
  noise: "work",
  events: [
    "bedrock:ListFoundationModels",
    "ec2:DescribeRegions",
    "iam:GetAccountSummary",
    "iam:ListAttachedUserPolicies",
    "iam:ListUsers",
    "lambda:ListFunctions",
    "organizations:DescribeOrganization",
    "s3:ListBuckets",
    "secretsmanager:ListSecrets",
    "servicequotas:ListServiceQuotas",
    "ses:GetAccount",
    "ses:GetSendQuota",
    "sns:GetSMSAttributes",
    "sts:GetCallerIdentity",
  ],
  outcome: "any",
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 4,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  hint: { field: "userIdentity", texts: ['"IAMUser"', '"Root"'] },
  match(record, context) {
    // Only keys that do not expire. The console makes such calls itself.
    const { type } = fieldsOf(record.userIdentity);
    if ((type !== "IAMUser" && type !== "Root") || isTrue(record.sessionCredentialFromConsole))
      return undefined;
    if (!(succeeded(record) || wasRefused(record)) || isScanner(record, context)) return undefined;
    if (!isByHand(record, context)) return undefined;
    return {
      evidence: evidenceAt(record, "eventName", "sourceIPAddress", "userAgent", "errorCode"),
      resources: [],
    };
  },
  runbook: [
    "Ask the user whether it was them: these are the first calls of somebody who found a key and wants to know what it can do.",
    "Deactivate the key if it was not, and find out where it leaked: a repository, a website, a log.",
    "Look at all calls with the key since then, in every region, and at users and keys it created.",
  ],
  falsePositives: [
    "A person testing their new key. The console, which makes such calls itself, is excluded.",
  ],
  references: [
    "https://repost.aws/knowledge-center/potential-account-compromise",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
  ],
};
