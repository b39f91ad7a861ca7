import { expect } from "chai";
import fc from "fast-check";
import { settingEventNames, thingsSetBy } from "../../../handlers/baselines/setting-events";
import { listings } from "../../../handlers/baselines/listings";
import { type BaselineName, baselineKinds } from "../../../handlers/baselines/baseline-kinds";
import { aRecord } from "../../support/factories";
import { hostile } from "../../support/hostile";

const all = Object.keys(baselineKinds) as BaselineName[];

/** The records of calls, as CloudTrail writes them, and what they set. */
const calls: [event: string, own: object, kind: BaselineName, ids: string[]][] = [
  [
    "bedrock:PutModelInvocationLoggingConfiguration",
    { requestParameters: {} },
    "invocationLogging",
    ["account"],
  ],
  ["cloudtrail:CreateTrail", { requestParameters: { name: "main" } }, "trail", ["main"]],
  [
    "cloudtrail:UpdateTrail",
    { requestParameters: { name: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main" } },
    "trail",
    ["main"],
  ],
  ["cloudtrail:PutEventSelectors", { requestParameters: { trailName: "main" } }, "trail", ["main"]],
  [
    "config:PutConfigRule",
    { requestParameters: { configRule: { configRuleName: "r" } } },
    "configRule",
    ["r"],
  ],
  [
    "config:PutConfigurationRecorder",
    { requestParameters: { configurationRecorder: { roleARN: "arn" } } },
    "configRecorder",
    ["default"],
  ],
  [
    "config:StartConfigurationRecorder",
    { requestParameters: { configurationRecorderName: "mine" } },
    "configRecorder",
    ["mine"],
  ],
  [
    "config:PutDeliveryChannel",
    { requestParameters: { deliveryChannel: { name: "c" } } },
    "configChannel",
    ["c"],
  ],
  [
    "config:PutRemediationConfigurations",
    { requestParameters: { remediationConfigurations: [{ configRuleName: "a" }, { configRuleName: "b" }] } },
    "configRemediation",
    ["a", "b"],
  ],
  [
    "config:PutRetentionConfiguration",
    { responseElements: { retentionConfiguration: { name: "default" } } },
    "configRetention",
    ["default"],
  ],
  [
    "ec2:CreateFlowLogs",
    {
      responseElements: {
        CreateFlowLogsResponse: { flowLogIdSet: { item: ["fl-1", "fl-2"] }, unsuccessful: "" },
      },
    },
    "flowLog",
    ["fl-1", "fl-2"],
  ],
  [
    "ec2:CreateFlowLogs",
    { responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: "fl-1" } } } },
    "flowLog",
    ["fl-1"],
  ],
  ["ec2:DisableEbsEncryptionByDefault", {}, "ebsEncryption", ["account"]],
  ["ec2:DisableSerialConsoleAccess", {}, "serialConsole", ["account"]],
  ["ec2:EnableEbsEncryptionByDefault", {}, "ebsEncryption", ["account"]],
  ["ec2:EnableSerialConsoleAccess", {}, "serialConsole", ["account"]],
  ["kms:CancelKeyDeletion", { requestParameters: { keyId: "k" } }, "key", ["k"]],
  ["kms:CreateKey", { responseElements: { keyMetadata: { keyId: "k" } } }, "key", ["k"]],
  [
    "kms:DisableKey",
    { requestParameters: { keyId: "arn:aws:kms:us-west-2:111122223333:key/k" } },
    "key",
    ["k"],
  ],
  ["kms:EnableKey", { requestParameters: { keyId: "k" } }, "key", ["k"]],
  ["s3:PutBucketPolicy", { requestParameters: { bucketName: "b" } }, "bucketPolicy", ["b"]],
  ["s3:PutBucketPublicAccessBlock", { requestParameters: { bucketName: "b" } }, "bucketPublicAccess", ["b"]],
  ["s3:PutBucketVersioning", { requestParameters: { bucketName: "b" } }, "bucketVersioning", ["b"]],
  ["eks:CreateCluster", { requestParameters: { name: "c" } }, "cluster", ["c"]],
  ["eks:UpdateClusterConfig", { requestParameters: { name: "c" } }, "cluster", ["c"]],
  ["iam:CreatePolicy", { responseElements: { policy: { arn: "arn:p" } } }, "managedPolicy", ["arn:p"]],
  ["iam:CreatePolicyVersion", { requestParameters: { policyArn: "arn:p" } }, "managedPolicy", ["arn:p"]],
  ["iam:SetDefaultPolicyVersion", { requestParameters: { policyArn: "arn:p" } }, "managedPolicy", ["arn:p"]],
  ["iam:CreateRole", { requestParameters: { roleName: "r" } }, "role", ["r"]],
  ["iam:UpdateAssumeRolePolicy", { requestParameters: { roleName: "r" } }, "role", ["r"]],
  ["iam:PutRolePermissionsBoundary", { requestParameters: { roleName: "r" } }, "role", ["r"]],
  ["iam:CreateUser", { requestParameters: { userName: "u" } }, "user", ["u"]],
  ["iam:PutUserPermissionsBoundary", { requestParameters: { userName: "u" } }, "user", ["u"]],
  ["iam:UpdateAccountPasswordPolicy", { requestParameters: {} }, "passwordPolicy", ["account"]],
  [
    "rds:CreateDBCluster",
    { responseElements: { dBClusterArn: "arn:aws:rds:eu-west-1:111122223333:cluster:c" } },
    "databaseCluster",
    ["arn:aws:rds:eu-west-1:111122223333:cluster:c"],
  ],
  [
    "rds:ModifyDBCluster",
    { responseElements: { dBClusterArn: "arn:aws:rds:eu-west-1:111122223333:cluster:c" } },
    "databaseCluster",
    ["arn:aws:rds:eu-west-1:111122223333:cluster:c"],
  ],
  [
    "rds:StartActivityStream",
    { requestParameters: { resourceArn: "arn:aws:rds:eu-west-1:111122223333:db:oracle" } },
    "databaseCluster",
    [],
  ],
  ["s3:PutBucketEncryption", { requestParameters: { bucketName: "b" } }, "bucketEncryption", ["b"]],
  ["s3:PutBucketLogging", { requestParameters: { bucketName: "b" } }, "bucketLogging", ["b"]],
  [
    "wafv2:AssociateWebACL",
    { requestParameters: { resourceArn: "arn:lb" } },
    "webAclAssociation",
    ["arn:lb"],
  ],
  [
    "wafv2:PutLoggingConfiguration",
    { requestParameters: { loggingConfiguration: { resourceArn: "arn:acl" } } },
    "webAclLogging",
    ["arn:acl"],
  ],
];

const recordOf = (event: string, own: object) => {
  const [service, eventName] = event.split(":");
  return aRecord({ eventSource: `${service}.amazonaws.com`, eventName, awsRegion: "eu-west-1", ...own });
};

describe("the calls that set what baselines are kept of", () => {
  for (const [event, own, kind, ids] of calls)
    it(`${event} sets ${kind} ${ids.join(", ")}`, () => {
      const expected = ids.map((id) => ({ kind, region: "eu-west-1", id }));
      expect(thingsSetBy(recordOf(event, own), all)).to.deep.equal(expected);
      expect(thingsSetBy(recordOf(event, own), [])).to.deep.equal([]);
    });

  it("are all here, and for each kind there is one", () => {
    const events = new Set(calls.map(([event]) => event.slice(event.indexOf(":") + 1)));
    expect([...new Set(settingEventNames(all))]).to.have.members([...events]);
    expect(
      Object.keys(baselineKinds).filter((kind) => !calls.some(([, , set]) => set === kind)),
    ).to.deep.equal([]);
    expect(Object.keys(listings).sort()).to.deep.equal([...all].sort());
  });

  it("never throw, whatever stands in a record", () => {
    for (const [event] of calls)
      for (const field of ["requestParameters", "responseElements", "awsRegion"])
        fc.assert(
          fc.property(hostile, (value) => {
            thingsSetBy(recordOf(event, { [field]: value }), all);
          }),
          { numRuns: 50 },
        );
  });
});
