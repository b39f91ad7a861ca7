import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "../emulator";

/** An account on this machine, and the credentials for calls. */
export interface Connection {
  endpoint: string;
  account: string;
  region: string;
  credentials: Credentials;
  /**
   * What functions on this machine need besides their own environment: `NODE_PATH`, because no Lambda runtime provides the
   * SDK, and `AWS_ENDPOINT_URL`.
   */
  functionEnvironment: Record<string, string>;
}

/** The clients for managing resources. */
export interface Aws extends Connection {
  /** `aws`: the partition in ARNs. */
  partition: string;
  athena: AthenaClient;
  cloudformation: CloudFormationClient;
  cloudtrail: CloudTrailClient;
  cloudwatch: CloudWatchClient;
  dynamodb: DynamoDBClient;
  ec2: EC2Client;
  events: EventBridgeClient;
  /** EventBridge in the region that a resource names, or in the stack's region. */
  eventsIn(region: string | undefined): EventBridgeClient;
  glue: GlueClient;
  iam: IAMClient;
  lambda: LambdaClient;
  logs: CloudWatchLogsClient;
  s3: S3Client;
  sns: SNSClient;
  /** SNS in the region that a resource names, or in the stack's region. */
  snsIn(region: string | undefined): SNSClient;
  sqs: SQSClient;
  /** Step Functions. */
  states: SFNClient;
  sts: STSClient;
}

/** Clients for an account on this machine. */
export function connect(connection: Connection): Aws {
  const { endpoint, region, credentials } = connection;
  const settings = { endpoint, region, credentials };
  const topics = new Map([[region, new SNSClient(settings)]]);
  const snsIn = (there = region): SNSClient => {
    const client = topics.get(there) ?? new SNSClient({ ...settings, region: there });
    topics.set(there, client);
    return client;
  };
  const elsewhere = new Map([[region, new EventBridgeClient(settings)]]);
  const eventsIn = (there = region): EventBridgeClient => {
    const client = elsewhere.get(there) ?? new EventBridgeClient({ ...settings, region: there });
    elsewhere.set(there, client);
    return client;
  };
  return {
    ...connection,
    partition: "aws",
    athena: new AthenaClient(settings),
    cloudformation: new CloudFormationClient(settings),
    cloudtrail: new CloudTrailClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    dynamodb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    events: eventsIn(),
    eventsIn,
    glue: new GlueClient(settings),
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: snsIn(),
    snsIn,
    sqs: new SQSClient(settings),
    states: new SFNClient({ ...settings, disableHostPrefix: true }),
    sts: new STSClient(settings),
  };
}

interface ServiceError {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Whether an SDK error means that the resource does not exist; each service says so in its own words. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError;
  return $metadata?.httpStatusCode === 404 || /NotFound|NoSuch|DoesNotExist|NonExistent/.test(name ?? "");
}

/** The answer to a call; undefined if the resource does not exist. */
export async function ifPresent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The changes from one set of tags to another, for services that tag and untag. */
export function tagChanges(olds: unknown, news: Record<string, string> = {}) {
  const before = Object.keys((olds as Record<string, string> | undefined) ?? {});
  return { set: news, removed: before.filter((key) => !(key in news)) };
}

/** Tags as lists of pairs, the form of most services. */
export function tagList(tags: Record<string, string> = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags by key. */
export function tagMap(tags: { Key?: string; Value?: string }[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
