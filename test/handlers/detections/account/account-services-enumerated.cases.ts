import { type Cases, byAutomation, byService, call, role } from "../support/cases";

const events = [
  "apigateway:GetRestApis",
  "athena:ListWorkGroups",
  "backup:ListBackupVaults",
  "batch:DescribeComputeEnvironments",
  "bedrock:ListFoundationModels",
  "ce:GetCostAndUsage",
  "cloudformation:ListStacks",
  "cloudfront:ListDistributions",
  "cloudtrail:DescribeTrails",
  "cloudtrail:LookupEvents",
  "codebuild:ListProjects",
  "codecommit:ListRepositories",
  "cognito-idp:ListUserPools",
  "config:DescribeConfigurationRecorders",
  "dynamodb:ListTables",
  "ec2:DescribeKeyPairs",
  "ec2:DescribeRegions",
  "ec2:DescribeSnapshots",
  "ecr:DescribeRepositories",
  "ecs:ListClusters",
  "eks:ListClusters",
  "elasticfilesystem:DescribeFileSystems",
  "es:ListDomainNames",
  "glue:GetDatabases",
  "guardduty:ListDetectors",
  "iam:GetAccountSummary",
  "iam:ListRoles",
  "iam:ListUsers",
  "kms:ListKeys",
  "lambda:ListFunctions",
  "lightsail:GetInstances",
  "organizations:DescribeOrganization",
  "organizations:ListAccounts",
  "rds:DescribeDBClusters",
  "rds:DescribeDBSnapshots",
  "redshift:DescribeClusters",
  "route53:ListHostedZones",
  "route53domains:ListDomains",
  "sagemaker:ListNotebookInstances",
  "secretsmanager:ListSecrets",
  "servicequotas:ListServiceQuotas",
  "ses:GetAccount",
  "ses:ListIdentities",
  "sns:ListTopics",
  "sqs:ListQueues",
  "ssm:DescribeParameters",
  "sso:ListInstances",
  "states:ListStateMachines",
  "workmail:ListOrganizations",
];
const calls = events.map((event) => call(event, null, { readOnly: true }));
const hits = calls.map((record) => ({ name: `${record.eventSource} ${record.eventName}`, record }));
/** Calls one minute apart. */
const inMinutes = (records: typeof calls) =>
  records.map((record, index) => ({
    ...record,
    eventID: `e${index}`,
    eventTime: `2025-03-04T09:${String(10 + index).padStart(2, "0")}:00Z`,
  }));
const ofServices = calls.filter(({ eventSource }, index) => eventSource !== calls[index - 1]?.eventSource);

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits, "config.amazonaws.com"),
    {
      name: "a scanner that is known",
      record: call("iam:ListUsers", null, { userIdentity: role("posture") }),
      context: { scanners: ["*:role/posture"] },
    },
  ],
  bursts: [
    { name: "eight services in eight minutes", records: inMinutes(ofServices.slice(0, 8)), findings: 1 },
    { name: "seven services", records: inMinutes(ofServices.slice(0, 7)), findings: 0 },
    {
      name: "many calls to few services",
      records: inMinutes(
        calls.filter(({ eventSource }) => /^(?:ec2|iam|rds|organizations)\./.test(eventSource)),
      ),
      findings: 0,
    },
  ],
};
