import type { PolicyDocument, Statement } from "./document";

// Statements for people who own what this stack reads, ready to be added to the policies that they already have.

/**
 * Denies everybody but the trail to write log files: whoever writes one commands the fixer.
 *
 * @param trails ARNs of every trail that writes below `folder`
 */
export function onlyCloudTrailWrites(args: {
  bucketArn: string;
  folder: string;
  trails: string[];
}): Statement {
  return {
    Sid: "OnlyCloudTrailWritesLogFiles",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"],
    Resource: [`${args.bucketArn}/${args.folder}*`],
    Condition: { StringNotEquals: { "aws:SourceArn": args.trails } },
  };
}

/** Lets a trail look at its bucket, and write log files there. */
export function trailWrites(args: { bucketArn: string; folder: string; trail: string }): Statement[] {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const source = { "aws:SourceArn": args.trail };
  return [
    {
      Sid: "TrailLooksAtTheBucket",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl"],
      Resource: [args.bucketArn],
      Condition: { StringEquals: source },
    },
    {
      Sid: "TrailWritesLogFiles",
      Effect: "Allow",
      Principal,
      Action: ["s3:PutObject"],
      Resource: [`${args.bucketArn}/${args.folder}*`],
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/** Lets the function of another account read log files, and the digests that vouch for them. */
export function functionReads(args: { bucketArn: string; folder: string; roleArn: string }): Statement[] {
  const Principal = { AWS: args.roleArn };
  const folders = ["CloudTrail", "CloudTrail-Digest"].map((name) => `${args.folder}${name}/*`);
  return [
    {
      Sid: "CloudtrailerReadsLogFiles",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetObject"],
      Resource: folders.map((folder) => `${args.bucketArn}/${folder}`),
    },
    {
      Sid: "CloudtrailerListsLogFiles",
      Effect: "Allow",
      Principal,
      Action: ["s3:ListBucket"],
      Resource: [args.bucketArn],
      Condition: { StringLike: { "s3:prefix": `${args.folder}*` } },
    },
  ];
}

/** Lets a trail publish to a topic. */
export function trailPublishes(args: { topicArn: string; trail: string }): Statement {
  return {
    Sid: "TrailPublishes",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["SNS:Publish"],
    Resource: [args.topicArn],
    Condition: { StringEquals: { "aws:SourceArn": args.trail } },
  };
}

/** Lets another account subscribe its function to a topic. */
export function functionSubscribes(args: {
  topicArn: string;
  account: string;
  functionArn: string;
}): Statement {
  const partition = args.topicArn.split(":")[1] ?? "aws";
  return {
    Sid: "CloudtrailerSubscribes",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${args.account}:root` },
    Action: ["SNS:Subscribe"],
    Resource: [args.topicArn],
    Condition: { StringEquals: { "sns:Protocol": "lambda", "sns:Endpoint": args.functionArn } },
  };
}

/** Lets a topic send to a queue. */
export function topicSends(args: { queueArn: string; topicArn: string }): Statement {
  return {
    Sid: "AlertsArrive",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: ["sqs:SendMessage"],
    Resource: [args.queueArn],
    Condition: { ArnEquals: { "aws:SourceArn": args.topicArn } },
  };
}

/**
 * Lets the function decrypt log files.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail-decrypt.html
 */
export function functionDecrypts(roleArn: string): Statement {
  return {
    Sid: "CloudtrailerDecryptsLogFiles",
    Effect: "Allow",
    Principal: { AWS: roleArn },
    Action: ["kms:Decrypt"],
    Resource: ["*"],
    Condition: { Null: { "kms:EncryptionContext:aws:cloudtrail:arn": "false" } },
  };
}

/**
 * Lets a trail encrypt log files.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail-encrypt.html
 */
export function trailEncrypts(trail: string): Statement {
  const [arn, partition, service, , account] = trail.split(":");
  return {
    Sid: "TrailEncryptsLogFiles",
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: ["*"],
    Condition: {
      StringEquals: { "aws:SourceArn": trail },
      StringLike: {
        "kms:EncryptionContext:aws:cloudtrail:arn": [arn, partition, service, "*", account, "trail/*"].join(
          ":",
        ),
      },
    },
  };
}

/** The role with which the function reads the policy of a bucket in another account: its trust and its permissions. */
export function policyReaderRole(args: { bucketArn: string; roleArn: string }): {
  trust: PolicyDocument;
  permissions: PolicyDocument;
} {
  return {
    trust: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CloudtrailerAssumes",
          Effect: "Allow",
          Principal: { AWS: args.roleArn },
          Action: ["sts:AssumeRole"],
        },
      ],
    },
    permissions: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadThePolicy",
          Effect: "Allow",
          Action: ["s3:GetBucketPolicy"],
          Resource: [args.bucketArn],
        },
      ],
    },
  };
}
