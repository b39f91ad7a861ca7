import type { CloudTrailRecord } from "../handlers/cloudtrail/record";
import { createRandom, type Random } from "./random";

const account = "111122223333";

interface Caller {
  userIdentity: Record<string, unknown>;
  sourceIPAddress: string;
  userAgent: string;
  /** Which services it calls. */
  services: string[];
  /** Its share of everything that happens. */
  weight: number;
}

interface Operation {
  service: string;
  name: string;
  readOnly: boolean;
  weight: number;
  request(random: Random): unknown;
  response?(random: Random): unknown;
}

const hex = (random: Random, length: number) =>
  Array.from({ length }, () => random.below(16).toString(16)).join("");

const uuid = (random: Random) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;

/** IDs of long-lived things that are requested again and again. */
const pool = (prefix: string, size: number) => {
  const random = createRandom(prefix.length * 7919 + size);
  return Array.from({ length: size }, () => `${prefix}${hex(random, 17)}`);
};
const instances = pool("i-0", 40);
const volumes = pool("vol-0", 60);
const groups = pool("sg-0", 25);
const subnets = pool("subnet-0", 12);
const keys = Array.from({ length: 8 }, (_, index) => {
  const random = createRandom(index + 1);
  return `arn:aws:kms:us-west-2:${account}:key/${uuid(random)}`;
});
const buckets = ["acme-web-assets", "acme-data-lake-raw", "acme-terraform-state", "acme-elb-logs"];
const functions = ["orders-api", "orders-stream", "image-resize", "nightly-report", "token-refresh"];
const roles = [
  "orders-api-role",
  "ci-deploy",
  "eks-node-group",
  "data-pipeline",
  "backup-operator",
  "monitoring",
];

function assumedRole(index: number, role: string, session: string): Record<string, unknown> {
  const principalId = `AROA${hex(createRandom(index + 100), 17).toUpperCase()}`;
  return {
    type: "AssumedRole",
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${hex(createRandom(index + 200), 16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: "2026-03-01T08:12:44Z", mfaAuthenticated: "false" },
    },
  };
}

function user(index: number, name: string): Record<string, unknown> {
  return {
    type: "IAMUser",
    principalId: `AIDA${hex(createRandom(index + 300), 17).toUpperCase()}`,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: `AKIA${hex(createRandom(index + 400), 16).toUpperCase()}`,
    userName: name,
  };
}

const service = (host: string): Caller => ({
  userIdentity: { type: "AWSService", invokedBy: host },
  sourceIPAddress: host,
  userAgent: host,
  services: ["sts", "kms"],
  weight: 8,
});

const sdk = (language: string, tail: string) =>
  `aws-sdk-${language} ua/2.1 os/linux#5.10.230-223.885.amzn2.x86_64 ${tail} cfg/retry-mode#standard`;

const callers: Caller[] = [
  ...roles.map(
    (role, index): Caller => ({
      userIdentity: assumedRole(
        index,
        role,
        role === "monitoring" ? `i-0${hex(createRandom(index), 16)}` : `session-${index}`,
      ),
      sourceIPAddress: `10.${index}.14.${20 + index}`,
      userAgent: sdk(
        index % 2 === 0 ? "java/2.25.31" : "go-v2/1.30.3",
        "md/appname#orders lang/java#17.0.12 m/E,D",
      ),
      services: [
        "ec2",
        "s3",
        "kms",
        "logs",
        "sqs",
        "dynamodb",
        "ssm",
        "secretsmanager",
        "autoscaling",
        "ecr",
        "lambda",
      ],
      weight: 12,
    }),
  ),
  {
    userIdentity: assumedRole(50, "ci-deploy", "terraform"),
    sourceIPAddress: "198.51.100.23",
    userAgent:
      "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.70.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.31.0 ua/2.1 os/linux lang/go#1.23.1 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.180.0",
    services: ["ec2", "s3", "iam", "kms", "lambda", "logs", "elasticloadbalancing", "rds"],
    weight: 14,
  },
  {
    userIdentity: assumedRole(51, "AWSReservedSSO_ReadOnly_0a1b2c3d4e5f6a7b", "ana@example.com"),
    sourceIPAddress: "203.0.113.77",
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36",
    services: ["ec2", "s3", "cloudwatch", "rds", "iam", "health", "elasticloadbalancing"],
    weight: 14,
  },
  ...["bob", "carol"].map(
    (name, index): Caller => ({
      userIdentity: user(index, name),
      sourceIPAddress: `203.0.113.${10 + index}`,
      userAgent:
        "aws-cli/2.17.56 md/awscrt#0.21.2 ua/2.0 os/macos#23.6.0 md/arch#arm64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/command#ec2.describe-instances",
      services: ["ec2", "s3", "iam", "lambda", "logs", "sts"],
      weight: 6,
    }),
  ),
  service("ec2.amazonaws.com"),
  service("lambda.amazonaws.com"),
  service("autoscaling.amazonaws.com"),
];

const items = (name: string, values: string[]) => ({ items: values.map((value) => ({ [name]: value })) });
const some = (random: Random, from: string[], most: number) =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(from));

const operations: Operation[] = [
  read("ec2", "DescribeInstances", 12, (r) => ({
    instancesSet: items("instanceId", some(r, instances, 6)),
    filterSet: {},
  })),
  read("ec2", "DescribeVolumes", 4, (r) => ({
    volumeSet: items("volumeId", some(r, volumes, 6)),
    filterSet: {},
  })),
  read("ec2", "DescribeSecurityGroups", 5, (r) => ({
    securityGroupSet: {},
    securityGroupIdSet: items("groupId", some(r, groups, 3)),
    filterSet: {},
  })),
  read("ec2", "DescribeSubnets", 3, (r) => ({
    subnetSet: items("subnetId", some(r, subnets, 3)),
    filterSet: {},
  })),
  read("ec2", "DescribeTags", 3, (r) => ({
    filterSet: { items: [{ name: "resource-id", valueSet: items("value", some(r, instances, 4)) }] },
  })),
  read("ec2", "DescribeNetworkInterfaces", 3, () => ({
    networkInterfaceIdSet: {},
    filterSet: { items: [{ name: "status", valueSet: items("value", ["in-use"]) }] },
  })),
  read("ec2", "DescribeInstanceStatus", 3, (r) => ({
    instancesSet: items("instanceId", some(r, instances, 8)),
    filterSet: {},
    includeAllInstances: true,
  })),
  read("s3", "GetBucketLocation", 3, (r) => ({
    bucketName: r.pick(buckets),
    location: "",
    Host: "s3.us-west-2.amazonaws.com",
  })),
  read("s3", "GetBucketAcl", 4, (r) => ({
    bucketName: r.pick(buckets),
    acl: "",
    Host: `${r.pick(buckets)}.s3.us-west-2.amazonaws.com`,
  })),
  read("s3", "GetBucketPolicy", 2, (r) => ({
    bucketName: r.pick(buckets),
    policy: "",
    Host: `${r.pick(buckets)}.s3.us-west-2.amazonaws.com`,
  })),
  read("s3", "ListBuckets", 2, () => ({ Host: "s3.us-west-2.amazonaws.com" })),
  read("iam", "GetRole", 4, (r) => ({ roleName: r.pick(roles) })),
  read("iam", "ListAttachedRolePolicies", 3, (r) => ({ roleName: r.pick(roles) })),
  read("iam", "GetPolicyVersion", 2, (r) => ({
    policyArn: `arn:aws:iam::${account}:policy/${r.pick(roles)}-access`,
    versionId: `v${1 + r.below(4)}`,
  })),
  read("kms", "Decrypt", 10, (r) => ({
    encryptionContext: {
      "aws:lambda:FunctionArn": `arn:aws:lambda:us-west-2:${account}:function:${r.pick(functions)}`,
    },
    encryptionAlgorithm: "SYMMETRIC_DEFAULT",
    keyId: r.pick(keys),
  })),
  read("kms", "GenerateDataKey", 5, (r) => ({
    keyId: r.pick(keys),
    keySpec: "AES_256",
    encryptionContext: { "aws:s3:arn": `arn:aws:s3:::${r.pick(buckets)}` },
  })),
  read("sts", "GetCallerIdentity", 3, () => null),
  {
    service: "sts",
    name: "AssumeRole",
    readOnly: true,
    weight: 12,
    request: (r) => ({
      roleArn: `arn:aws:iam::${account}:role/${r.pick(roles)}`,
      roleSessionName: `${r.pick(functions)}-${r.below(100000)}`,
      durationSeconds: 3600,
    }),
    response: (r) => ({
      credentials: {
        accessKeyId: `ASIA${hex(r, 16).toUpperCase()}`,
        sessionToken: "HIDDEN_DUE_TO_SECURITY_REASONS",
        expiration: "Mar 1, 2026, 9:12:44 AM",
      },
      assumedRoleUser: {
        assumedRoleId: `AROA${hex(createRandom(7), 17).toUpperCase()}:${r.pick(functions)}`,
        arn: `arn:aws:sts::${account}:assumed-role/${r.pick(roles)}/${r.pick(functions)}`,
      },
    }),
  },
  read("lambda", "GetFunction20150331v2", 2, (r) => ({ functionName: r.pick(functions) })),
  read("lambda", "ListTags20170331", 1, (r) => ({
    resource: `arn:aws:lambda:us-west-2:${account}:function:${r.pick(functions)}`,
  })),
  read("logs", "DescribeLogStreams", 3, (r) => ({
    logGroupName: `/aws/lambda/${r.pick(functions)}`,
    orderBy: "LastEventTime",
    descending: true,
    limit: 50,
  })),
  read("cloudwatch", "DescribeAlarms", 2, () => ({ maxRecords: 100, alarmTypes: ["MetricAlarm"] })),
  read("rds", "DescribeDBInstances", 2, (r) => ({
    dBInstanceIdentifier: r.pick(["orders-primary", "orders-replica", "reporting"]),
  })),
  read("elasticloadbalancing", "DescribeTargetHealth", 4, (r) => ({
    targetGroupArn: `arn:aws:elasticloadbalancing:us-west-2:${account}:targetgroup/orders/${hex(createRandom(r.below(6)), 16)}`,
  })),
  read("ssm", "GetParameters", 3, (r) => ({
    names: some(r, ["/orders/db/url", "/orders/db/user", "/shared/flags", "/shared/region"], 3),
    withDecryption: true,
  })),
  read("ssm", "DescribeInstanceInformation", 2, () => ({
    maxResults: 50,
    filters: [{ key: "ResourceType", values: ["EC2Instance"] }],
  })),
  read("autoscaling", "DescribeAutoScalingGroups", 3, (r) => ({
    autoScalingGroupNames: [`orders-asg-${r.below(4)}`],
  })),
  read("ecr", "BatchGetImage", 2, (r) => ({
    registryId: account,
    repositoryName: r.pick(functions),
    imageIds: [{ imageTag: `build-${r.below(5000)}` }],
    acceptedMediaTypes: ["application/vnd.docker.distribution.manifest.v2+json"],
  })),
  read("dynamodb", "DescribeTable", 2, (r) => ({ tableName: r.pick(["orders", "carts", "sessions"]) })),
  read("health", "DescribeEventAggregates", 1, () => ({
    aggregateField: "eventTypeCategory",
    filter: { eventStatusCodes: ["open", "upcoming"] },
  })),
  read("secretsmanager", "GetSecretValue", 1, (r) => ({
    secretId: `arn:aws:secretsmanager:us-west-2:${account}:secret:orders/db-${hex(createRandom(r.below(3)), 6)}`,
  })),
  write("logs", "CreateLogStream", 12, (r) => ({
    logGroupName: `/aws/lambda/${r.pick(functions)}`,
    logStreamName: `2026/03/01/[$LATEST]${hex(r, 32)}`,
  })),
  write(
    "ec2",
    "CreateTags",
    2,
    (r) => ({
      resourcesSet: items("resourceId", [r.pick(instances)]),
      tagSet: {
        items: [
          { key: "Owner", value: "orders" },
          { key: "CostCenter", value: "4711" },
        ],
      },
    }),
    () => ({ requestId: "", _return: true }),
  ),
  write(
    "ec2",
    "RunInstances",
    1,
    (r) => ({
      instancesSet: { items: [{ imageId: "ami-0a1b2c3d4e5f6a7b8", minCount: 1, maxCount: 1 }] },
      instanceType: "m6i.large",
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      clientToken: uuid(r),
      networkInterfaceSet: {
        items: [{ deviceIndex: 0, subnetId: r.pick(subnets), groupSet: items("groupId", [r.pick(groups)]) }],
      },
      tagSpecificationSet: {
        items: [{ resourceType: "instance", tags: [{ key: "Name", value: "orders" }] }],
      },
    }),
    (r) => ({
      requestId: uuid(r),
      reservationId: `r-0${hex(r, 16)}`,
      ownerId: account,
      groupSet: {},
      instancesSet: {
        items: [
          {
            instanceId: `i-0${hex(r, 16)}`,
            imageId: "ami-0a1b2c3d4e5f6a7b8",
            instanceState: { code: 0, name: "pending" },
            privateDnsName: `ip-10-0-3-${r.below(250)}.us-west-2.compute.internal`,
            amiLaunchIndex: 0,
            instanceType: "m6i.large",
            placement: { availabilityZone: "us-west-2a", tenancy: "default" },
            architecture: "x86_64",
            hypervisor: "xen",
          },
        ],
      },
    }),
  ),
  write("ec2", "TerminateInstances", 1, (r) => ({ instancesSet: items("instanceId", [r.pick(instances)]) })),
  write("s3", "PutBucketTagging", 1, (r) => ({
    bucketName: r.pick(buckets),
    tagging: "",
    Tagging: { TagSet: { Tag: { Key: "Owner", Value: "web" } } },
    Host: "s3.us-west-2.amazonaws.com",
  })),
  write("sqs", "CreateQueue", 1, (r) => ({
    queueName: `orders-tmp-${r.below(1000)}`,
    attribute: { VisibilityTimeout: "30" },
  })),
  write("lambda", "UpdateFunctionCode20150331v2", 1, (r) => ({
    functionName: r.pick(functions),
    s3Bucket: "acme-artifacts",
    s3Key: `builds/${hex(r, 40)}.zip`,
    publish: true,
    dryRun: false,
  })),
  write("iam", "CreateRole", 1, (r) => ({
    roleName: `tmp-${r.below(1000)}`,
    description: "Made by the deploy pipeline",
    assumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
  })),
  write("elasticloadbalancing", "RegisterTargets", 2, (r) => ({
    targetGroupArn: `arn:aws:elasticloadbalancing:us-west-2:${account}:targetgroup/orders/${hex(createRandom(r.below(6)), 16)}`,
    targets: [{ id: r.pick(instances), port: 8080 }],
  })),
  write("autoscaling", "SetDesiredCapacity", 1, (r) => ({
    autoScalingGroupName: `orders-asg-${r.below(4)}`,
    desiredCapacity: r.below(20),
    honorCooldown: false,
  })),
];

function read(service: string, name: string, weight: number, request: Operation["request"]): Operation {
  return { service, name, readOnly: true, weight, request };
}

function write(
  service: string,
  name: string,
  weight: number,
  request: Operation["request"],
  response?: Operation["response"],
): Operation {
  return response === undefined
    ? { service, name, readOnly: false, weight, request }
    : { service, name, readOnly: false, weight, request, response };
}

function weighted<T extends { weight: number }>(things: T[]): (random: Random) => T {
  const many = things.flatMap((thing) => Array.from({ length: thing.weight }, () => thing));
  return (random) => random.pick(many);
}

/** Failures that are common in real accounts, without an attack. */
const failures = [
  { errorCode: "ThrottlingException", errorMessage: "Rate exceeded" },
  { errorCode: "Client.RequestLimitExceeded", errorMessage: "Request limit exceeded." },
  { errorCode: "NoSuchEntityException", errorMessage: "The entity cannot be found." },
  { errorCode: "AccessDenied", errorMessage: "User is not authorized to perform this operation" },
];

/**
 * Records in the shapes and proportions of real accounts: about 1.2 kB each, 80% of them reads, a tenth failed, and 11 times
 * smaller as gzip. Nothing in them is from a real account. The same for the same seed.
 */
export function* generateRecords(seed: number, count: number): Generator<CloudTrailRecord> {
  const random = createRandom(seed);
  const caller = weighted(callers);
  const operationsOf = new Map(
    callers.map((one) => [one, weighted(operations.filter(({ service }) => one.services.includes(service)))]),
  );
  let seconds = Date.UTC(2026, 2, 1, 8) / 1000;
  for (let i = 0; i < count; i += 1) {
    const who = caller(random);
    const operation = (operationsOf.get(who) as (random: Random) => Operation)(random);
    if (random.chance(0.3)) seconds++;
    const host = `${operation.service}.us-west-2.amazonaws.com`;
    const failed = random.chance(0.1) ? random.pick(failures) : undefined;
    const isService = who.userIdentity.type === "AWSService";
    const record: CloudTrailRecord = {
      eventVersion: "1.11",
      userIdentity: who.userIdentity,
      eventTime: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`,
      eventSource: `${operation.service === "cloudwatch" ? "monitoring" : operation.service}.amazonaws.com`,
      eventName: operation.name,
      awsRegion: "us-west-2",
      sourceIPAddress: who.sourceIPAddress,
      userAgent: who.userAgent,
      ...failed,
      requestParameters: operation.request(random),
      responseElements: failed === undefined ? (operation.response?.(random) ?? null) : null,
      requestID: uuid(random),
      eventID: uuid(random),
      readOnly: operation.readOnly,
      ...(operation.service === "kms"
        ? { resources: [{ accountId: account, type: "AWS::KMS::Key", ARN: random.pick(keys) }] }
        : {}),
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: account,
      ...(isService ? { sharedEventID: uuid(random) } : {}),
      eventCategory: "Management",
      ...(isService
        ? {}
        : {
            tlsDetails: {
              tlsVersion: "TLSv1.3",
              cipherSuite: "TLS_AES_128_GCM_SHA256",
              clientProvidedHostHeader: host,
            },
          }),
    };
    yield record;
  }
}

/** The text of a log file with such records, as CloudTrail writes it. */
export function generateLogFile(seed: number, count: number): string {
  return `{"Records":[${Array.from(generateRecords(seed, count), (record) => JSON.stringify(record)).join(",")}]}`;
}
