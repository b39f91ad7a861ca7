import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import type { DetectionContext } from "../../../../handlers/settings";
import { account, call, otherAccount, repeated, role, root, user } from "./cases";

/** Records, in order, and what must be found in them. */
export interface KindCase {
  name: string;
  records: CloudTrailRecord[];
  context?: Partial<DetectionContext>;
  /** The kind's detections that must find something, with their severity: `id severity`. */
  found: string[];
  /** How many records cannot be decided from these. */
  open?: number;
}

/** One kind of danger in a place where nobody looks first. */
export interface Kind {
  kind: string;
  /** The detections that are about it; others may find something as well. */
  ids: string[];
  cases: KindCase[];
}

const organization = { id: "o-own1234567", paths: [] };
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, Resource: unknown = "*") => ({ Effect: "Allow", Action, Resource });
const admin = document(allow("*"));

const helper = `arn:aws:iam::${account}:policy/helper`;
let count = 0;
/** The next record: a second later than the one before. */
function next(event: string, parameters: unknown, fields: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  count++;
  return call(event, parameters, {
    eventID: `11111111-0000-4000-8000-${String(count).padStart(12, "0")}`,
    eventTime: new Date(Date.UTC(2025, 2, 4, 9, 0, count)).toISOString().replace(".000Z", "Z"),
    ...fields,
  });
}
const createPolicy = (policyDocument: string) =>
  next(
    "iam:CreatePolicy",
    { policyName: "helper", policyDocument },
    { responseElements: { policy: { arn: helper } } },
  );
const version = (policyDocument: string, versionId: string, setAsDefault: boolean) =>
  next(
    "iam:CreatePolicyVersion",
    { policyArn: helper, policyDocument, setAsDefault },
    { responseElements: { policyVersion: { versionId } } },
  );
const setDefault = (versionId: string) =>
  next("iam:SetDefaultPolicyVersion", { policyArn: helper, versionId });
const attachTo = (kind: "User" | "Role" | "Group") =>
  next(`iam:Attach${kind}Policy`, { [`${kind.toLowerCase()}Name`]: "x", policyArn: helper });

const bucketPolicy = (fields: object) =>
  next("s3:PutBucketPolicy", {
    bucketName: "files",
    bucketPolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::files/*",
          ...fields,
        },
      ],
    },
  });
const conditioned = (Condition: unknown) => bucketPolicy({ Condition });
const trust = (Principal: unknown, Condition?: unknown) =>
  next("iam:UpdateAssumeRolePolicy", {
    roleName: "deploy",
    policyDocument: document({
      Effect: "Allow",
      Principal,
      Action: "sts:AssumeRoleWithWebIdentity",
      ...(Condition === undefined ? {} : { Condition }),
    }),
  });
const permission = (fields: object) =>
  next("lambda:AddPermission20150331v2", {
    functionName: "fn",
    statementId: "s",
    action: "lambda:InvokeFunction",
    ...fields,
  });
const inline = (...statements: object[]) =>
  next("iam:PutRolePolicy", { roleName: "r", policyName: "p", policyDocument: document(...statements) });
const port = (fromPort: number, toPort = fromPort, cidrIp = "0.0.0.0/0") =>
  next("ec2:AuthorizeSecurityGroupIngress", {
    groupId: "sg-0a1b2c3d",
    ipPermissions: {},
    ipProtocol: "tcp",
    fromPort,
    toPort,
    cidrIp,
  });
const acl = (...Grant: object[]) =>
  next("s3:PutBucketAcl", {
    bucketName: "files",
    AccessControlPolicy: { Owner: { ID: "own" }, AccessControlList: { Grant } },
  });
const trail = (fields: object) => next("cloudtrail:UpdateTrail", { name: "main", ...fields });
const saved = {
  s3BucketName: "logs",
  s3KeyPrefix: "",
  isMultiRegionTrail: true,
  includeGlobalServiceEvents: true,
  enableLogFileValidation: true,
};
const shareImage = (item: object) =>
  next("ec2:ModifyImageAttribute", { imageId: "ami-1", launchPermission: { add: { items: [item] } } });
const instance = (event: string) =>
  next(
    event,
    { names: ["/db/password"] },
    { userIdentity: role("app", "i-0a1b2c3d4e5f60718"), sourceIPAddress: "198.51.100.7" },
  );

const github = { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` };
const sub = (value: string) => ({ StringLike: { "token.actions.githubusercontent.com:sub": value } });
const bucketIds = ["s3-bucket-policy-public", "s3-bucket-policy-external-account"];
const attachIds = ["user", "role", "group"].map((kind) => `iam-admin-policy-attached-${kind}`);

/** The sixteen kinds. */
export const kinds: Kind[] = [
  {
    kind: "rights told by a policy's name instead of its document",
    ids: [...attachIds, "iam-policy-created-admin", "iam-policy-escalation"],
    cases: [
      {
        name: "an administrator's policy under another name, made and attached",
        records: [createPolicy(admin), attachTo("User"), attachTo("Role"), attachTo("Group")],
        found: [
          "iam-policy-created-admin medium",
          "iam-admin-policy-attached-user critical",
          "iam-admin-policy-attached-role critical",
          "iam-admin-policy-attached-group critical",
        ],
      },
      {
        name: "one that became it by a new version",
        records: [createPolicy(document(allow("s3:*"))), version(admin, "v2", true), attachTo("User")],
        found: ["iam-admin-policy-attached-user critical"],
      },
      {
        name: "one that leads there",
        records: [createPolicy(document(allow("iam:Put*"))), attachTo("Role")],
        found: ["iam-policy-escalation medium", "iam-policy-escalation high"],
      },
      {
        name: "a harmless one",
        records: [createPolicy(document(allow("s3:*"))), attachTo("User")],
        found: [],
      },
      { name: "one that nobody knows", records: [attachTo("User")], found: [], open: 1 },
      {
        name: "one that was narrowed before",
        records: [createPolicy(admin), version(document(allow("s3:*")), "v2", true), attachTo("User")],
        found: ["iam-policy-created-admin medium"],
      },
    ],
  },
  {
    kind: "danger that only live state shows",
    ids: ["iam-policy-version-admin"],
    cases: [
      {
        name: "back to a narrower version",
        records: [
          createPolicy(document(allow("s3:Get*"))),
          version(document(allow("s3:*")), "v2", true),
          setDefault("v1"),
        ],
        found: [],
      },
      {
        name: "back to an administrator's version",
        records: [createPolicy(admin), version(document(allow("s3:*")), "v2", true), setDefault("v1")],
        found: ["iam-policy-version-admin high"],
      },
      { name: "to a version that nobody knows", records: [setDefault("v4")], found: [], open: 1 },
      {
        name: "a version that waited",
        records: [createPolicy(document(allow("s3:Get*"))), version(admin, "v2", false), setDefault("v2")],
        found: ["iam-policy-version-admin high"],
      },
    ],
  },
  {
    kind: "operators that hold when the key is absent",
    ids: bucketIds,
    cases: [
      {
        name: "IfExists",
        records: [conditioned({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-own1234567" } })],
        context: { organization },
        found: ["s3-bucket-policy-public critical"],
      },
      {
        name: "ForAllValues",
        records: [conditioned({ "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-own1234567/*" } })],
        context: { organization },
        found: ["s3-bucket-policy-public critical"],
      },
      {
        name: "Null",
        records: [conditioned({ Null: { "aws:PrincipalOrgID": "true" } })],
        found: ["s3-bucket-policy-public critical"],
      },
      {
        name: "a negation",
        records: [conditioned({ StringNotEquals: { "aws:PrincipalAccount": otherAccount } })],
        found: ["s3-bucket-policy-public critical"],
      },
      {
        name: "the same key without them",
        records: [
          conditioned({ StringEquals: { "aws:PrincipalOrgID": "o-own1234567" } }),
          conditioned({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-own1234567/*" } }),
        ],
        context: { organization },
        found: [],
      },
    ],
  },
  {
    kind: "outside identity providers in trust policies",
    ids: ["iam-role-trust-external"],
    cases: [
      {
        name: "GitHub without a subject",
        records: [
          trust(github, { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
        ],
        found: ["iam-role-trust-external critical"],
      },
      {
        name: "any repository",
        records: [trust(github, sub("repo:*"))],
        found: ["iam-role-trust-external critical"],
      },
      {
        name: "Cognito without a pool",
        records: [trust({ Federated: "cognito-identity.amazonaws.com" })],
        found: ["iam-role-trust-external critical"],
      },
      {
        name: "another account's provider of SAML",
        records: [
          next("iam:UpdateAssumeRolePolicy", {
            roleName: "deploy",
            policyDocument: document({
              Effect: "Allow",
              Principal: { Federated: `arn:aws:iam::${otherAccount}:saml-provider/idp` },
              Action: "sts:AssumeRoleWithSAML",
            }),
          }),
        ],
        found: ["iam-role-trust-external high"],
      },
      { name: "one owner's repositories", records: [trust(github, sub("repo:acme/*"))], found: [] },
      {
        name: "one pool",
        records: [
          trust(
            { Federated: "cognito-identity.amazonaws.com" },
            { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:1234" } },
          ),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "a source that limits nothing",
    ids: ["lambda-permission-public"],
    cases: [
      {
        name: "any bucket",
        records: [permission({ principal: "*", sourceArn: "arn:aws:s3:::*" })],
        found: ["lambda-permission-public high"],
      },
      {
        name: "any API",
        records: [permission({ principal: "*", sourceArn: "arn:aws:execute-api:*:*:*" })],
        found: ["lambda-permission-public high"],
      },
      {
        name: "a service for another account",
        records: [
          permission({
            principal: "s3.amazonaws.com",
            sourceAccount: otherAccount,
            sourceArn: "arn:aws:s3:::x",
          }),
        ],
        found: ["lambda-permission-public high"],
      },
      {
        name: "a service for anybody",
        records: [permission({ principal: "events.amazonaws.com" })],
        found: ["lambda-permission-public medium"],
      },
      {
        name: "sources that limit it",
        records: [
          permission({ principal: "s3.amazonaws.com", sourceAccount: account, sourceArn: "arn:aws:s3:::*" }),
          permission({ principal: "events.amazonaws.com", sourceArn: `arn:aws:events:*:${account}:rule/*` }),
          permission({ principal: "*", principalOrgID: "o-own1234567" }),
        ],
        context: { organization },
        found: [],
      },
    ],
  },
  {
    kind: "a foreign account named by a condition",
    ids: [...bucketIds, "sqs-sns-policy-public"],
    cases: [
      {
        name: "an access point's account",
        records: [conditioned({ StringEquals: { "s3:DataAccessPointAccount": otherAccount } })],
        found: ["s3-bucket-policy-external-account high"],
      },
      {
        name: "a source",
        records: [conditioned({ ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${otherAccount}:t` } })],
        found: ["s3-bucket-policy-external-account high"],
      },
      {
        name: "another account's distribution",
        records: [
          bucketPolicy({
            Principal: { Service: "cloudfront.amazonaws.com" },
            Condition: {
              StringEquals: { "AWS:SourceArn": `arn:aws:cloudfront::${otherAccount}:distribution/E1` },
            },
          }),
        ],
        found: ["s3-bucket-policy-external-account high"],
      },
      {
        name: "an account in a queue's policy",
        records: [
          next("sqs:SetQueueAttributes", {
            queueUrl: "q",
            attributes: { Policy: document({ ...allow("sqs:*"), Principal: { AWS: otherAccount } }) },
          }),
        ],
        found: ["sqs-sns-policy-public medium"],
      },
      {
        name: "this account alone",
        records: [
          conditioned({ StringEquals: { "aws:SourceAccount": account } }),
          conditioned({ StringEquals: { "s3:DataAccessPointAccount": account } }),
          bucketPolicy({
            Principal: { Service: "cloudfront.amazonaws.com" },
            Condition: {
              StringEquals: { "AWS:SourceArn": `arn:aws:cloudfront::${account}:distribution/E1` },
            },
          }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "rights in parts",
    ids: ["iam-policy-escalation", "iam-inline-admin-policy"],
    cases: [
      {
        name: "IAM by letters",
        records: [inline(allow(["iam:A*", "iam:C*", "iam:P*"]))],
        found: ["iam-policy-escalation high"],
      },
      {
        name: "IAM by resources",
        records: [
          inline(
            allow(
              "iam:*",
              ["user/*", "role/*"].map((one) => `arn:aws-us-gov:iam::${account}:${one}`),
            ),
          ),
        ],
        found: ["iam-policy-escalation high"],
      },
      {
        name: "a role to pass and an instance to start",
        records: [inline(allow("iam:PassRole"), allow("ec2:RunInstances"))],
        found: ["iam-policy-escalation high"],
      },
      { name: "all at once", records: [inline(allow("*"))], found: ["iam-inline-admin-policy high"] },
      {
        name: "the same, denied or limited",
        records: [
          inline(allow("iam:P*"), { Effect: "Deny", Action: "iam:*", Resource: "*" }),
          inline(allow("iam:PassRole", `arn:aws:iam::${account}:role/app`), allow("ec2:RunInstances")),
          inline(allow(["iam:Get*", "iam:List*"])),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "trust in what the caller chooses",
    ids: ["cloudwatch-alarm-disabled", "iam-login-profile-updated", "console-signin-token"],
    cases: [
      {
        name: "a user agent",
        records: [next("monitoring:DeleteAlarms", { alarmNames: ["a"] }, { userAgent: "AWS Internal" })],
        found: ["cloudwatch-alarm-disabled medium"],
      },
      {
        name: "the console's address",
        records: [
          next(
            "monitoring:DeleteAlarms",
            { alarmNames: ["a"] },
            { sourceIPAddress: "AWS Internal", sessionCredentialFromConsole: "true" },
          ),
        ],
        found: ["cloudwatch-alarm-disabled medium"],
      },
      {
        name: "a session that is named like the victim",
        records: [next("iam:UpdateLoginProfile", { userName: "bob" }, { userIdentity: role("help", "bob") })],
        found: ["iam-login-profile-updated high"],
      },
      {
        name: "a service, and the user",
        records: [
          next(
            "monitoring:DeleteAlarms",
            { alarmNames: ["a"] },
            { userIdentity: { ...role("r"), invokedBy: "autoscaling.amazonaws.com" } },
          ),
          next("iam:UpdateLoginProfile", { userName: "alice" }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "the organization that cannot be named",
    ids: ["ec2-ami-shared", ...bucketIds],
    cases: [
      {
        name: "an image shared with another organization",
        records: [
          shareImage({ organizationArn: `arn:aws:organizations::${otherAccount}:organization/o-other12345` }),
        ],
        context: { organization },
        found: ["ec2-ami-shared critical"],
      },
      {
        name: "a bucket opened to another organization",
        records: [conditioned({ StringEquals: { "aws:PrincipalOrgID": "o-other12345" } })],
        context: { organization },
        found: ["s3-bucket-policy-external-account high"],
      },
      {
        name: "this account's organization",
        records: [
          shareImage({ organizationArn: `arn:aws:organizations::${otherAccount}:organization/o-own1234567` }),
          conditioned({ StringEquals: { "aws:PrincipalOrgID": "o-own1234567" } }),
        ],
        context: { organization },
        found: [],
      },
      {
        name: "the one that this account manages, without a configuration",
        records: [
          shareImage({ organizationArn: `arn:aws:organizations::${account}:organization/o-any1234567` }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "half switched off",
    ids: [
      "guardduty-detector-disabled",
      "config-recorder-narrowed",
      "bedrock-invocation-logging-disabled",
      "eventbridge-rule-disabled",
    ],
    cases: [
      {
        name: "features of GuardDuty",
        records: [
          next("guardduty:UpdateDetector", {
            detectorId: "d",
            features: [{ name: "S3_DATA_EVENTS", status: "DISABLED" }],
          }),
        ],
        found: ["guardduty-detector-disabled high"],
      },
      {
        name: "a recorder of one type",
        records: [
          next("config:PutConfigurationRecorder", {
            configurationRecorder: {
              name: "default",
              recordingGroup: { allSupported: false, resourceTypes: ["AWS::EC2::VPC"] },
            },
          }),
        ],
        found: ["config-recorder-narrowed medium"],
      },
      {
        name: "Bedrock's log without text",
        records: [
          next("bedrock:PutModelInvocationLoggingConfiguration", {
            loggingConfig: { s3Config: { bucketName: "b" }, textDataDeliveryEnabled: false },
          }),
        ],
        found: ["bedrock-invocation-logging-disabled medium"],
      },
      {
        name: "a rule that is put disabled",
        records: [next("events:PutRule", { name: "r", state: "DISABLED" })],
        found: ["eventbridge-rule-disabled low"],
      },
      {
        name: "all switched on",
        records: [
          next("guardduty:UpdateDetector", {
            detectorId: "d",
            features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }],
          }),
          next("config:PutConfigurationRecorder", {
            configurationRecorder: { name: "default", recordingGroup: { allSupported: true } },
          }),
          next("events:PutRule", { name: "r", state: "ENABLED" }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "where log files go",
    ids: ["cloudtrail-trail-weakened"],
    cases: [
      { name: "a prefix", records: [trail({ s3KeyPrefix: "x" })], found: ["cloudtrail-trail-weakened high"] },
      {
        name: "an organization's trail",
        records: [trail({ isOrganizationTrail: true })],
        found: ["cloudtrail-trail-weakened high"],
      },
      { name: "a topic", records: [trail({ snsTopicName: "x" })], found: ["cloudtrail-trail-weakened high"] },
      {
        name: "the console's save, moved",
        records: [
          next("cloudtrail:CreateTrail", { name: "main" }, { responseElements: { ...saved, name: "main" } }),
          trail({ ...saved, s3BucketName: "elsewhere" }),
        ],
        found: ["cloudtrail-trail-weakened high"],
      },
      {
        name: "the console's save, unchanged",
        records: [
          next("cloudtrail:CreateTrail", { name: "main" }, { responseElements: { ...saved, name: "main" } }),
          trail(saved),
        ],
        found: [],
      },
      {
        name: "the console's save of a trail that nobody knows",
        records: [trail(saved)],
        found: [],
        open: 1,
      },
    ],
  },
  {
    kind: "ports",
    ids: ["ec2-sg-open-to-world"],
    cases: [
      { name: "mail", records: [port(25)], found: ["ec2-sg-open-to-world high"] },
      { name: "Kubernetes", records: [port(6443)], found: ["ec2-sg-open-to-world high"] },
      { name: "web development", records: [port(8080)], found: ["ec2-sg-open-to-world medium"] },
      { name: "node ports", records: [port(30_000, 32_767)], found: ["ec2-sg-open-to-world medium"] },
      {
        name: "the web, and an office",
        records: [port(443), port(80), port(25, 25, "203.0.113.0/24")],
        found: [],
      },
    ],
  },
  {
    kind: "grants by canonical user or e-mail, and public uploads",
    ids: ["s3-bucket-acl-public", "s3-object-uploaded-public", ...bucketIds],
    cases: [
      {
        name: "a canonical user",
        records: [acl({ Grantee: { ID: "f".repeat(64) }, Permission: "READ" })],
        found: ["s3-bucket-acl-public high"],
      },
      {
        name: "an e-mail address",
        records: [acl({ Grantee: { EmailAddress: "eve@example.com" }, Permission: "READ" })],
        found: ["s3-bucket-acl-public high"],
      },
      {
        name: "a canonical user in a policy",
        records: [bucketPolicy({ Principal: { CanonicalUser: "f".repeat(64) } })],
        found: ["s3-bucket-policy-external-account medium"],
      },
      {
        name: "a folder put up for everybody",
        records: repeated(
          next("s3:PutObject", { bucketName: "files", key: "a", "x-amz-acl": "public-read" }),
          5,
          1,
        ),
        found: ["s3-object-uploaded-public medium"],
      },
      {
        name: "the owner, and a private upload",
        records: [
          acl({ Grantee: { ID: "own" }, Permission: "FULL_CONTROL" }),
          next("s3:PutObject", { bucketName: "files", key: "a", "x-amz-acl": "private" }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "false critical",
    ids: bucketIds,
    cases: [
      {
        name: "services alone",
        records: [conditioned({ Bool: { "aws:PrincipalIsAWSService": "true" } })],
        found: [],
      },
      {
        name: "one service alone",
        records: [conditioned({ StringEquals: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } })],
        found: [],
      },
      {
        name: "all but services",
        records: [conditioned({ Bool: { "aws:PrincipalIsAWSService": "false" } })],
        found: ["s3-bucket-policy-public critical"],
      },
      {
        name: "services, if they say so",
        records: [conditioned({ BoolIfExists: { "aws:PrincipalIsAWSService": "true" } })],
        found: ["s3-bucket-policy-public critical"],
      },
    ],
  },
  {
    kind: "null for a missing field",
    ids: ["root-activity", "lambda-layer-added", "root-access-key-created"],
    cases: [
      {
        name: "root's service",
        records: [
          next(
            "s3:DeleteBucket",
            { bucketName: "b" },
            { userIdentity: { ...root(), invokedBy: null } as never },
          ),
        ],
        found: ["root-activity high"],
      },
      {
        name: "root's user name",
        records: [next("iam:CreateAccessKey", { userName: null }, { userIdentity: root() })],
        found: ["root-access-key-created critical", "root-activity high"],
      },
      {
        name: "no error",
        records: [
          next("s3:DeleteBucket", { bucketName: "b" }, {
            userIdentity: root(),
            errorCode: null,
            errorMessage: null,
          } as never),
        ],
        found: ["root-activity high"],
      },
      {
        name: "a service that is there",
        records: [
          next("kms:CreateGrant", {}, { userIdentity: { ...root(), invokedBy: "rds.amazonaws.com" } }),
        ],
        found: [],
      },
    ],
  },
  {
    kind: "one caller, one finding a call",
    ids: ["ec2-instance-credentials-outside"],
    cases: [
      {
        name: "many calls behind one address",
        records: repeated(instance("ssm:GetParameters"), 40, 1),
        found: ["ec2-instance-credentials-outside high"],
      },
      {
        name: "two addresses",
        records: [
          instance("ssm:GetParameters"),
          { ...instance("s3:ListBuckets"), sourceIPAddress: "192.0.2.1" },
        ].map((record, index) => (index === 0 ? record : { ...record, sourceIPAddress: "203.0.112.9" })),
        found: ["ec2-instance-credentials-outside high", "ec2-instance-credentials-outside high"],
      },
      {
        name: "the agent",
        records: [instance("ssm:UpdateInstanceInformation"), instance("ssmmessages:CreateControlChannel")],
        found: [],
      },
    ],
  },
  {
    kind: "the caller's own account taken over",
    ids: ["iam-own-access-key-created", "iam-own-login-profile-created"],
    cases: [
      {
        name: "a key for oneself",
        records: [
          next("iam:CreateAccessKey", null, { responseElements: { accessKey: { userName: "alice" } } }),
        ],
        found: ["iam-own-access-key-created medium"],
      },
      {
        name: "a password for oneself, with a key",
        records: [next("iam:CreateLoginProfile", { userName: "alice" })],
        found: ["iam-own-login-profile-created high"],
      },
      {
        name: "a key for oneself, from elsewhere",
        records: [next("iam:CreateAccessKey", { userName: "alice" })],
        context: { ownNetworks: ["198.51.100.0/24"] },
        found: ["iam-own-access-key-created high"],
      },
      {
        name: "another user's",
        records: [
          next("iam:CreateAccessKey", { userName: "bob" }),
          next("iam:CreateLoginProfile", { userName: "bob" }, { userIdentity: user("carol") }),
        ],
        found: [],
      },
    ],
  },
];
