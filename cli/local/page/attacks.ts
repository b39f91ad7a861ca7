import type { CallAws } from "../../../handlers/aws/call";

/** Something that a person can do wrong, or an attacker right, on this machine. */
export interface Attack {
  id: string;
  /** What the button says. */
  title: string;
  /** The detection that finds it. */
  detection: string;
  /** @param suffix makes names of what it creates unique */
  run(by: Attackers, suffix: string): Promise<void>;
}

/** Who attacks: makes a call in the stack's region, or where IAM is. */
export interface Attackers {
  region: string;
  trail: string;
  /** An administrator. */
  call(service: string, operation: string, input?: object): Promise<Record<string, unknown>>;
  /** The account's root. */
  root(service: string, operation: string, input?: object): Promise<Record<string, unknown>>;
}

/** Another account, which nobody trusts. */
const stranger = "999988887777";

const anybody = (Action: string, Resource: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action, Resource }],
  });

const trust = (Principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });

async function newUser({ call }: Attackers, suffix: string): Promise<{ UserName: string }> {
  const UserName = `bob-${suffix}`;
  await call("iam", "CreateUser", { UserName });
  return { UserName };
}

export const attacks: Attack[] = [
  {
    id: "administrator",
    title: "Make bob an administrator",
    detection: "iam-admin-policy-attached-user",
    async run(by, suffix) {
      const bob = await newUser(by, suffix);
      const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      await by.call("iam", "AttachUserPolicy", { ...bob, PolicyArn });
    },
  },
  {
    id: "inline-policy",
    title: "Hide an inline policy that allows everything",
    detection: "iam-inline-admin-policy",
    async run(by, suffix) {
      const bob = await newUser(by, suffix);
      const Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      await by.call("iam", "PutUserPolicy", { ...bob, PolicyName: "nothing-to-see", PolicyDocument });
    },
  },
  {
    id: "access-key",
    title: "Create an access key for bob",
    detection: "iam-access-key-for-other-user",
    async run(by, suffix) {
      await by.call("iam", "CreateAccessKey", await newUser(by, suffix));
    },
  },
  {
    id: "password",
    title: "Give bob a console password",
    detection: "iam-login-profile-created",
    async run(by, suffix) {
      const bob = await newUser(by, suffix);
      await by.call("iam", "CreateLoginProfile", { ...bob, Password: `Xy7!${suffix}-correct-horse` });
    },
  },
  {
    id: "foreign-trust",
    title: "Let a foreign account assume a role",
    detection: "iam-role-trust-external",
    async run({ call }, suffix) {
      const RoleName = `deploy-${suffix}`;
      const own = trust({ Service: "ec2.amazonaws.com" });
      await call("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: own });
      const PolicyDocument = trust({ AWS: `arn:aws:iam::${stranger}:root` });
      await call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
    },
  },
  {
    id: "open-port",
    title: "Open port 22 to the world",
    detection: "ec2-sg-open-to-world",
    async run({ call }, suffix) {
      const group = { GroupName: `web-${suffix}`, Description: "web servers" };
      const { GroupId } = await call("ec2", "CreateSecurityGroup", group);
      const IpRanges = [{ CidrIp: "0.0.0.0/0" }];
      const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges }];
      await call("ec2", "AuthorizeSecurityGroupIngress", { GroupId, IpPermissions });
    },
  },
  {
    id: "stop-trail",
    title: "Stop the trail",
    detection: "cloudtrail-logging-stopped",
    async run({ call, trail }) {
      await call("cloudtrail", "StopLogging", { Name: trail });
    },
  },
  {
    id: "public-bucket",
    title: "Make a bucket public",
    detection: "s3-bucket-policy-public",
    async run({ call, region }, suffix) {
      const Bucket = `customers-${suffix}`;
      await call("s3", "CreateBucket", {
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: region },
      });
      // S3 blocks public policies of new buckets.
      await call("s3", "DeletePublicAccessBlock", { Bucket });
      const Policy = anybody("s3:GetObject", `arn:aws:s3:::${Bucket}/*`);
      await call("s3", "PutBucketPolicy", { Bucket, Policy });
    },
  },
  {
    id: "public-queue",
    title: "Open a queue to everybody",
    detection: "sqs-sns-policy-public",
    async run({ call }, suffix) {
      const { QueueUrl } = await call("sqs", "CreateQueue", { QueueName: `orders-${suffix}` });
      const Policy = anybody("sqs:*", "*");
      await call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
    },
  },
  {
    id: "key-deletion",
    title: "Schedule the deletion of a key",
    detection: "kms-key-disabled-or-deletion",
    async run({ call }) {
      const { KeyMetadata } = await call("kms", "CreateKey");
      const { KeyId } = KeyMetadata as { KeyId: string };
      await call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    },
  },
  {
    id: "public-secret",
    title: "Let everybody read a secret",
    detection: "secrets-policy-public",
    async run({ call }, suffix) {
      const SecretId = `database-${suffix}`;
      await call("secretsmanager", "CreateSecret", { Name: SecretId, SecretString: "not a real one" });
      const ResourcePolicy = anybody("secretsmanager:GetSecretValue", "*");
      await call("secretsmanager", "PutResourcePolicy", { SecretId, ResourcePolicy });
    },
  },
  {
    id: "root",
    title: "Work as the root user",
    detection: "root-activity",
    async run({ root }, suffix) {
      await root("iam", "CreateGroup", { GroupName: `staff-${suffix}` });
    },
  },
];

/** Creates the attackers' calls. */
export function attackersOf(
  { region, trail }: Pick<Attackers, "region" | "trail">,
  administrator: CallAws,
  root: CallAws,
): Attackers {
  const calling =
    (aws: CallAws): Attackers["call"] =>
    (service, operation, input = {}) =>
      aws({
        service,
        operation,
        region: service === "iam" ? "us-east-1" : region,
        input: input as Record<string, unknown>,
      });
  return { region, trail, call: calling(administrator), root: calling(root) };
}
