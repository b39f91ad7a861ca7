import {
  type Case,
  type Cases,
  byAutomation,
  byService,
  call,
  refused,
  repeated,
  role,
} from "../support/cases";

const names = [
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
];
const records = names.map((name, index) => call(name, null, { eventID: `e${index}`, readOnly: true }));
const denied = refused(records[0] as (typeof records)[number]);
const hits: Case[] = [...records, denied].map((record) => ({
  name: `${record.eventName} ${record.errorCode ?? ""}`,
  record,
  evidence: "sourceIPAddress",
}));
const first = (count: number) => records.slice(-count);

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "by a role of software", record: { ...denied, userIdentity: role("orders") } },
    {
      name: "by somebody from Identity Center",
      record: { ...denied, userIdentity: role("AWSReservedSSO_Dev_0a1b", "ana") },
    },
    { name: "in the console", record: { ...denied, sessionCredentialFromConsole: "true" } },
    { name: "throttled", record: refused(denied, "ThrottlingException") },
    { name: "a scanner", record: denied, context: { scanners: ["*:user/alice"] } },
  ],
  bursts: [
    { name: "four kinds of calls", records: first(4), findings: 1 },
    { name: "three kinds of calls", records: first(3), findings: 0 },
    { name: "one kind again and again", records: repeated(denied, 30, 5), findings: 0 },
  ],
};
