import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  EC2Client,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
} from "@aws-sdk/client-ec2";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Credentials, Emulator } from "../../../local/emulator";
import { type Recorder, startRecorder } from "../../../local/recorder/recorder";
import { emulator, eventually } from "../../e2e/support";

const everything = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

function clients(endpoint: string, region: string, credentials: Credentials) {
  const config = { endpoint, region, credentials };
  return {
    cloudtrail: new CloudTrailClient(config),
    ec2: new EC2Client(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
  };
}

describe("the recorder", () => {
  let aws: Emulator;
  let recorder: Recorder;
  let root: ReturnType<typeof clients>;
  let records: CloudTrailRecord[];
  let errors: Error[];
  let run: string;

  before(async () => {
    aws = await emulator();
  });

  beforeEach(async () => {
    records = [];
    errors = [];
    run = randomUUID().slice(0, 8);
    recorder = await startRecorder({
      upstream: aws.endpoint,
      account: aws.account,
      region: aws.region,
      credentials: aws.credentials,
      models: aws.models,
      deliverEveryMs: 3_600_000,
      onRecord: (record) => records.push(record),
      onError: (error) => errors.push(error),
    });
    root = clients(recorder.endpoint, aws.region, aws.credentials);
  });

  afterEach(() => recorder.close());

  /** The record of a call, identified by its name and by a text in its parameters. */
  const recorded = (eventName: string, text: string) =>
    eventually(`a record of ${eventName} with ${text}`, async () =>
      records.find(
        (each) => each.eventName === eventName && JSON.stringify(each.requestParameters).includes(text),
      ),
    );

  async function administrator(userName: string) {
    await root.iam.send(new CreateUserCommand({ UserName: userName }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await root.iam.send(new AttachUserPolicyCommand({ UserName: userName, PolicyArn }));
    const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: userName }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    return { credentials, ...clients(recorder.endpoint, aws.region, credentials) };
  }

  /** A bucket, a topic and a trail with both; the policies are those that AWS recommends. */
  async function trail(name: string, withPolicies = true) {
    const bucket = `${name}-logs`;
    await root.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const { TopicArn = "" } = await root.sns.send(new CreateTopicCommand({ Name: name }));
    const queueArn = `arn:aws:sqs:${aws.region}:${aws.account}:${name}`;
    const Policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queueArn }],
    });
    const { QueueUrl = "" } = await root.sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
    );
    const raw = { RawMessageDelivery: "true" };
    await root.sns.send(
      new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn, Attributes: raw }),
    );
    const created = { name, bucket, TopicArn, QueueUrl };
    if (withPolicies) await letIn(created);
    await root.cloudtrail.send(
      new CreateTrailCommand({
        Name: name,
        S3BucketName: bucket,
        SnsTopicName: name,
        IsMultiRegionTrail: true,
      }),
    );
    await root.cloudtrail.send(new StartLoggingCommand({ Name: name }));
    return created;
  }

  async function letIn({ name, bucket, TopicArn }: { name: string; bucket: string; TopicArn: string }) {
    const statement = (Action: string, Resource: string) => ({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action,
      Resource,
      Condition: {
        StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:${aws.region}:${aws.account}:trail/${name}` },
      },
    });
    const onBucket = [
      statement("s3:GetBucketAcl", `arn:aws:s3:::${bucket}`),
      statement("s3:PutObject", `arn:aws:s3:::${bucket}/AWSLogs/${aws.account}/*`),
    ];
    const bucketPolicy = JSON.stringify({ Version: "2012-10-17", Statement: onBucket });
    await root.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: bucketPolicy }));
    const topicPolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [statement("sns:Publish", TopicArn)],
    });
    await root.sns.send(
      new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue: topicPolicy }),
    );
  }

  async function delivered(bucket: string): Promise<{ key: string; records: CloudTrailRecord[] }[]> {
    const { Contents = [] } = await root.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Promise.all(
      Contents.map(async ({ Key = "" }) => {
        const { Body } = await root.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        const text = gunzipSync((await Body?.transformToByteArray()) ?? "").toString();
        return { key: Key, records: (JSON.parse(text) as { Records: CloudTrailRecord[] }).Records };
      }),
    );
  }

  async function messages(QueueUrl: string): Promise<string[]> {
    const { Messages = [] } = await root.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = "" }) => Body);
  }

  it("delivers what was done while the trail was logging, StopLogging last, and notifies its topic", async () => {
    const name = `trail-${run}`;
    const mallory = await administrator(`mallory-${run}`);
    const { bucket, QueueUrl } = await trail(name);
    await mallory.iam.send(new CreateUserCommand({ UserName: `in-time-${run}` }));
    const { GroupId } = await mallory.ec2.send(
      new CreateSecurityGroupCommand({ GroupName: run, Description: "d" }),
    );
    const open = { GroupId, IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" };
    await mallory.ec2.send(new AuthorizeSecurityGroupIngressCommand(open));
    await mallory.cloudtrail.send(new StopLoggingCommand({ Name: name }));
    await mallory.iam.send(new CreateUserCommand({ UserName: `too-late-${run}` }));
    await recorder.flush();

    const files = await delivered(bucket);
    const names = (region: string) =>
      files
        .filter(({ key }) => key.includes(`/CloudTrail/${region}/`))
        .flatMap((file) => file.records.map((each) => each.eventName));
    expect(names("us-east-1")).to.deep.equal(["CreateUser"]);
    expect(names("us-west-2")).to.deep.equal([
      ...["StartLogging", "CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "StopLogging"],
    ]);
    const [created] = files.flatMap((file) => file.records).filter((each) => each.eventName === "CreateUser");
    expect(created?.requestParameters).to.deep.equal({ userName: `in-time-${run}` });
    expect(created?.userIdentity).to.deep.include({
      type: "IAMUser",
      userName: `mallory-${run}`,
      arn: `arn:aws:iam::${aws.account}:user/mallory-${run}`,
      accessKeyId: mallory.credentials.accessKeyId,
    });

    const told: string[] = [];
    await eventually("two messages", async () => {
      told.push(...(await messages(QueueUrl)));
      return told.length >= 2 ? told : undefined;
    });
    expect(told[0]).to.equal("CloudTrail validation message.");
    const notification = JSON.parse(told[1] as string) as { s3Bucket: string; s3ObjectKey: string[] };
    expect(notification.s3Bucket).to.equal(bucket);
    expect(notification.s3ObjectKey).to.have.members(files.map(({ key }) => key));
    await root.cloudtrail.send(new DeleteTrailCommand({ Name: name }));
    expect(errors).to.deep.equal([]);
  });

  it("delivers later what a bucket's policy does not let it deliver, and says why", async () => {
    const name = `closed-${run}`;
    const created = await trail(name, false);
    await recorder.flush();
    expect(await delivered(created.bucket)).to.deep.equal([]);
    const told = errors.map((error) => error.message).join("\n");
    expect(told).to.match(
      new RegExp(`the policy of the topic arn:aws:sns:\\S+:${name} does not let CloudTrail in`),
    );
    expect(told).to.match(
      /unable to deliver 1 records .* will retry: the policy of the bucket .* expected a statement that allows cloudtrail\.amazonaws\.com s3:GetBucketAcl/,
    );
    await letIn(created);
    await recorder.flush();
    const names = (await delivered(created.bucket)).flatMap((file) =>
      file.records.map((each) => each.eventName),
    );
    expect(names).to.have.members(["StartLogging", "PutBucketPolicy", "SetTopicAttributes"]);
    await root.cloudtrail.send(new DeleteTrailCommand({ Name: name }));
  });

  it("knows the owner of a key that is deleted by the call itself", async () => {
    const mallory = await administrator(`leaver-${run}`);
    const { accessKeyId } = mallory.credentials;
    await mallory.iam.send(new DeleteAccessKeyCommand({ AccessKeyId: accessKeyId }));
    expect((await recorded("DeleteAccessKey", accessKeyId)).userIdentity).to.deep.include({
      type: "IAMUser",
      userName: `leaver-${run}`,
    });
  });

  it("records what is denied, and not what is not signed correctly", async () => {
    await root.iam.send(new CreateUserCommand({ UserName: `poor-${run}` }));
    const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: `poor-${run}` }));
    const accessKeyId = AccessKey?.AccessKeyId ?? "";
    const poor = clients(recorder.endpoint, aws.region, {
      accessKeyId,
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    });
    const forged = clients(recorder.endpoint, aws.region, { accessKeyId, secretAccessKey: "wrong" });
    const group = (text: string) =>
      new CreateSecurityGroupCommand({ GroupName: `${text}-${run}`, Description: "d" });
    const failure = (call: Promise<unknown>) =>
      call.then(
        () => "none",
        (error: Error) => error.name,
      );
    expect(await failure(forged.ec2.send(group("forged")))).to.match(/Signature|AuthFailure/);
    expect(await failure(poor.ec2.send(group("refused")))).to.equal("UnauthorizedOperation");
    const record = await recorded("CreateSecurityGroup", `refused-${run}`);
    expect(record.errorCode).to.equal("Client.UnauthorizedOperation");
    expect(record.userIdentity?.userName).to.equal(`poor-${run}`);
    expect(records.filter((each) => JSON.stringify(each).includes(`forged-${run}`))).to.deep.equal([]);
  });

  it("records a role's session by its role, and a function's calls by its function", async () => {
    const roleName = `role-${run}`;
    const user = await administrator(`assumer-${run}`);
    const trust = {
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "*", Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    };
    const { Role } = await root.iam.send(
      new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    await root.iam.send(
      new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "p", PolicyDocument: everything }),
    );
    const { Credentials: session } = await user.sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "night-shift" }),
    );
    const assumed = clients(recorder.endpoint, aws.region, {
      accessKeyId: session?.AccessKeyId ?? "",
      secretAccessKey: session?.SecretAccessKey ?? "",
      sessionToken: session?.SessionToken ?? "",
    });
    await assumed.iam.send(new CreateUserCommand({ UserName: `by-role-${run}` }));

    const code = `exports.handler = async (UserName) => {
      const { CreateUserCommand, IAMClient } = require("@aws-sdk/client-iam");
      await new IAMClient({}).send(new CreateUserCommand({ UserName }));
    };`;
    const FunctionName = `function-${run}`;
    await root.lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: "nodejs20.x",
        Handler: "index.handler",
        Role: Role?.Arn,
        Timeout: 30,
        Code: { ZipFile: zipSync({ "index.js": strToU8(code) }) },
        Environment: {
          Variables: {
            AWS_ENDPOINT_URL: recorder.endpoint,
            NODE_PATH: join(__dirname, "..", "..", "..", "node_modules"),
          },
        },
      }),
    );
    await waitUntilFunctionActiveV2({ client: root.lambda, maxWaitTime: 30 }, { FunctionName });
    const Payload = JSON.stringify(`by-function-${run}`);
    const { FunctionError } = await root.lambda.send(new InvokeCommand({ FunctionName, Payload }));
    expect(FunctionError).to.equal(undefined);

    for (const [text, sessionName] of [
      [`by-role-${run}`, "night-shift"],
      [`by-function-${run}`, FunctionName],
    ] as const) {
      const { userIdentity } = await recorded("CreateUser", text);
      expect(userIdentity).to.deep.include({
        type: "AssumedRole",
        principalId: `${Role?.RoleId}:${sessionName}`,
        arn: `arn:aws:sts::${aws.account}:assumed-role/${roleName}/${sessionName}`,
      });
      expect(userIdentity?.sessionContext?.sessionIssuer).to.deep.equal({
        type: "Role",
        principalId: Role?.RoleId,
        arn: Role?.Arn,
        accountId: aws.account,
        userName: roleName,
      });
    }
    expect(records.some((each) => each.eventName === "Invoke")).to.equal(false);
  });

  it("passes objects and streams through, and records none of them", async () => {
    const Bucket = `objects-${run}`;
    await root.s3.send(new CreateBucketCommand({ Bucket }));
    const body = Buffer.alloc(9 * 1024 * 1024, run);
    const parts = Readable.from([body.subarray(0, 1_000_000), body.subarray(1_000_000)]);
    await root.s3.send(
      new PutObjectCommand({ Bucket, Key: "a b/c+d", Body: parts, ContentLength: body.length }),
    );
    const { Body } = await root.s3.send(new GetObjectCommand({ Bucket, Key: "a b/c+d" }));
    expect(Buffer.compare(Buffer.from((await Body?.transformToByteArray()) ?? []), body)).to.equal(0);
    await root.iam.send(new ListUsersCommand({ PathPrefix: `/${run}/` }));
    await recorded("ListUsers", run);
    expect(records.map((each) => each.eventName)).to.deep.equal(["CreateBucket", "ListUsers"]);
  });
});
