import { expect } from "chai";
import { keepEnvironment } from "../support/environment";
import { examine, patientOf } from "../../cli/doctor";
import type { Found } from "../../cli/doctor/step";
import type { CallAws } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import { fieldsOf, plainTextOf } from "../../handlers/json";
import type { Emulator } from "../../local/emulator";
import type { Statement } from "../../policies/document";
import { called } from "../cli/called";
import { deployForSuite, type Answer } from "./stage";
import { eventually } from "./support";

const account = "111122223333";
const region = "us-west-2";
const bucket = "company-cloudtrail";
const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/company`;

/** A bucket's policy as AWS's own page has it: the trail may write, and so may whoever IAM lets. */
const usualPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AWSCloudTrailAclCheck",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    {
      Sid: "AWSCloudTrailWrite",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${bucket}/audit/AWSLogs/${account}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn } },
    },
  ],
};

const keyPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Owner",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

const made: { key?: string } = {};

/** What the company has: an encrypted trail with a prefix, without a topic, and a bucket with others' notifications. */
async function prepare({ endpoint, credentials }: Emulator): Promise<void> {
  const root = createCallAws({ endpoint, credentials });
  const call = (service: string, operation: string, input: Answer) =>
    root({ service, operation, region, input });
  const { KeyMetadata } = await call("kms", "CreateKey", { Policy: JSON.stringify(keyPolicy) });
  made.key = plainTextOf(fieldsOf(KeyMetadata).Arn);
  const CreateBucketConfiguration = { LocationConstraint: region };
  await call("s3", "CreateBucket", { Bucket: bucket, CreateBucketConfiguration });
  await call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: JSON.stringify(usualPolicy) });
  await call("cloudtrail", "CreateTrail", {
    Name: "company",
    S3BucketName: bucket,
    S3KeyPrefix: "audit",
    IsMultiRegionTrail: true,
    KmsKeyId: made.key,
  });
  await call("cloudtrail", "StartLogging", { Name: "company" });
}

describe("an existing trail, and cloudtrailer doctor on what can be wrong with it", () => {
  const stage = deployForSuite("doctored", {
    prepare,
    config: {
      trail: "existing",
      existingTrail: JSON.stringify({ arn: trailArn, bucket, prefix: "audit" }),
      get kmsKey() {
        return made.key ?? "";
      },
      subscribers: JSON.stringify([
        { protocol: "sqs", endpoint: `arn:aws:sqs:${region}:${account}:doctored-alerts` },
      ]),
    },
    // What is broken on purpose.
    isExpected: () => true,
  });

  let aws: CallAws;
  const call = (service: string, operation: string, input: Answer) =>
    aws({ service, operation, region, input });
  before(() => {
    aws = createCallAws({ endpoint: stage.stack.endpoint, credentials: stage.keys });
  });

  async function looked(): Promise<Found[]> {
    const found = { function: String(stage.stack.outputs.functionName), region };
    const patient = await patientOf(found, aws, { now: Date.now() });
    return (await examine(patient)).flatMap((step) => step.found);
  }
  const wrongs = async () => (await looked()).filter(({ state }) => state === "wrong");

  /** Adds statements to a policy, as a person would. */
  async function add(of: string, statements: Statement[]): Promise<void> {
    const merged = (policy: unknown) => {
      const document = JSON.parse(plainTextOf(policy) || '{"Version":"2012-10-17","Statement":[]}') as {
        Statement: unknown[];
      };
      return JSON.stringify({ ...document, Statement: [...document.Statement, ...statements] });
    };
    switch (of.split(":")[2]) {
      case "s3": {
        const { Policy } = await call("s3", "GetBucketPolicy", { Bucket: bucket }).catch((): Answer => ({}));
        await call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: merged(Policy) });
        return;
      }
      case "sns": {
        const { Attributes } = await call("sns", "GetTopicAttributes", { TopicArn: of });
        const AttributeValue = merged(fieldsOf(Attributes).Policy);
        await call("sns", "SetTopicAttributes", { TopicArn: of, AttributeName: "Policy", AttributeValue });
        return;
      }
      case "sqs": {
        const { QueueUrl } = await call("sqs", "GetQueueUrl", { QueueName: of.split(":").at(-1) });
        const { Attributes } = await call("sqs", "GetQueueAttributes", {
          QueueUrl,
          AttributeNames: ["Policy"],
        });
        const Policy = merged(fieldsOf(Attributes).Policy);
        await call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
        return;
      }
      default: {
        const { Policy } = await call("kms", "GetKeyPolicy", { KeyId: of, PolicyName: "default" });
        await call("kms", "PutKeyPolicy", { KeyId: of, PolicyName: "default", Policy: merged(Policy) });
      }
    }
  }

  /** Does what the doctor says. */
  async function repair({ what, repair: how }: Found): Promise<void> {
    if (how?.calls === undefined && how?.add === undefined)
      throw new Error(`expected calls or statements against "${what}", found ${JSON.stringify(how)}`);
    for (const one of how.calls ?? []) await aws(one);
    if (how.add !== undefined) await add(how.add.of, how.add.statements);
  }

  /** Breaks something, has it found, does what the doctor says, and finds nothing wrong. */
  async function brokenAndRepaired(breaking: () => Promise<unknown>, expected: RegExp): Promise<void> {
    await breaking();
    const all = await looked();
    const found = all.filter(({ state }) => state === "wrong");
    if (!found.some(({ what }) => expected.test(what)))
      throw new Error(`expected ${expected}, found ${JSON.stringify(all)}`);
    for (const one of found.filter(({ repair: how }) => how?.calls !== undefined || how?.add !== undefined))
      await repair(one);
    await eventually("nothing wrong", async () => {
      const left = (await wrongs()).map(({ what }) => what);
      return left.length === 0 ? true : undefined;
    });
  }

  it("changes neither the trail nor its bucket", () => {
    const types = stage.stack.deployment.resources.map(({ type }) => type);
    expect(types.filter((type) => /^aws:(?:s3|cloudtrail)/.test(type))).to.deep.equal([]);
  });

  it("is told what is missing, and is whole once that is added", async () => {
    await call("sqs", "CreateQueue", { QueueName: "doctored-alerts" });
    const found = (await wrongs()).map(({ what }) => what).join("\n");
    expect(found).to.match(/others than CloudTrail may s3:PutObject/);
    expect(found).to.match(/the trail publishes to no topic/);
    expect(found).to.match(/does not let CloudTrail encrypt/);
    expect(found).to.match(/doctored-alerts does not let the topic send/);
    for (const one of await wrongs()) if (one.repair?.calls ?? one.repair?.add) await repair(one);
    await stage.stack.recorder.flush();
    await eventually("nothing wrong", async () => ((await wrongs()).length === 0 ? true : undefined), {
      moved: () => stage.records.length,
    });
  });

  it("is printed with what to paste, and ends with 0 or 1", async () => {
    const { endpoint, outputs } = stage.stack;
    const args = [
      "doctor",
      "--function",
      String(outputs.functionName),
      "--region",
      region,
      "--endpoint",
      endpoint,
    ];
    const restoreEnvironment = keepEnvironment();
    process.env.AWS_ACCESS_KEY_ID = stage.keys.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = stage.keys.secretAccessKey;
    try {
      const well = await called(args);
      expect(well.out.at(-1), well.out.join("\n")).to.equal("Nothing is wrong.");
      expect(well.code).to.equal(0);
      await call("cloudtrail", "StopLogging", { Name: trailArn });
      const ill = await called(args);
      expect(ill.code).to.equal(1);
      expect(ill.out.join("\n")).to.match(/WRONG {3}the trail logs/);
      expect(ill.out.join("\n")).to.include("aws cloudtrail start-logging --region us-west-2");
      await call("cloudtrail", "StartLogging", { Name: trailArn });
    } finally {
      restoreEnvironment();
    }
  });

  it("feeds the detector: an attack is fixed", async () => {
    await call("iam", "CreateUser", { UserName: "bob-of-doctored" });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "bob-of-doctored", PolicyArn });
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "bob-of-doctored");
    expect(alert.outcome, alert.reason).to.equal("fixed");
  });

  it("finds that others may write log files, and the function fixes nothing until they may not", async () => {
    const { Policy } = await call("s3", "GetBucketPolicy", { Bucket: bucket });
    await call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: JSON.stringify(usualPolicy) });
    expect((await wrongs()).map(({ what }) => what).join()).to.match(
      /others than CloudTrail may s3:PutObject/,
    );
    const tried = await eventually("that the function sees it", async () => {
      const found = (await wrongs()).map(({ what }) => what).join();
      return /the function does not fix: nothing is fixed until only CloudTrail may write/.test(found)
        ? true
        : undefined;
    });
    expect(tried).to.equal(true);
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await call("iam", "CreateUser", { UserName: "eve-of-doctored" });
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "eve-of-doctored", PolicyArn });
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "eve-of-doctored");
    expect(alert.outcome).to.equal("planned");
    expect(alert.reason).to.match(/nothing is fixed until only CloudTrail may write to the bucket/);
    await call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: String(Policy) });
    await eventually("nothing wrong", async () => ((await wrongs()).length === 0 ? true : undefined));
  });

  it("finds a stopped trail", () =>
    brokenAndRepaired(() => call("cloudtrail", "StopLogging", { Name: trailArn }), /the trail is stopped/));

  it("finds a trail without its topic", () =>
    brokenAndRepaired(
      () => call("cloudtrail", "UpdateTrail", { Name: trailArn, SnsTopicName: "" }),
      /the trail publishes to no topic/,
    ));

  it("finds a trail that writes elsewhere, and says what to configure", async () => {
    await call("cloudtrail", "UpdateTrail", { Name: trailArn, S3KeyPrefix: "elsewhere" });
    const [found] = (await wrongs()).filter(({ what }) =>
      /writes to s3:\/\/company-cloudtrail\/elsewhere/.test(what),
    );
    expect(found?.repair?.lines).to.deep.equal([
      "pulumi config set --path cloudtrailer:existingTrail.prefix elsewhere",
      "pulumi up",
    ]);
    await call("cloudtrail", "UpdateTrail", { Name: trailArn, S3KeyPrefix: "audit" });
  });

  it("finds that management events are not recorded", () =>
    brokenAndRepaired(
      () =>
        call("cloudtrail", "PutEventSelectors", {
          TrailName: trailArn,
          EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }],
        }),
      /does not record all management events/,
    ));

  it("finds a bucket that does not let CloudTrail write", () =>
    brokenAndRepaired(async () => {
      const { Policy } = await call("s3", "GetBucketPolicy", { Bucket: bucket });
      const document = JSON.parse(String(Policy)) as { Statement: { Sid: string }[] };
      const Statement = document.Statement.filter(({ Sid }) => Sid !== "AWSCloudTrailWrite");
      await call("s3", "PutBucketPolicy", {
        Bucket: bucket,
        Policy: JSON.stringify({ ...document, Statement }),
      });
    }, /does not let CloudTrail write log files/));

  it("finds a topic that does not let CloudTrail publish", () =>
    brokenAndRepaired(async () => {
      const TopicArn = String(stage.stack.outputs.logTopicArn);
      const { Attributes } = await call("sns", "GetTopicAttributes", { TopicArn });
      const document = JSON.parse(plainTextOf(fieldsOf(Attributes).Policy)) as {
        Statement: { Sid: string }[];
      };
      const Statement = document.Statement.filter(({ Sid }) => Sid !== "TrailPublishes");
      const AttributeValue = JSON.stringify({ ...document, Statement });
      await call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
    }, /topic's policy does not let CloudTrail publish/));

  it("finds that the function is not subscribed", async () => {
    const TopicArn = String(stage.stack.outputs.logTopicArn);
    const { Subscriptions } = await call("sns", "ListSubscriptionsByTopic", { TopicArn });
    const [own] = Subscriptions as { SubscriptionArn: string; Endpoint: string }[];
    await call("sns", "Unsubscribe", { SubscriptionArn: own?.SubscriptionArn });
    const [found] = (await wrongs()).filter(({ what }) => /is not subscribed to/.test(what));
    expect(found?.repair?.lines).to.deep.equal(["pulumi up --refresh"]);
    await call("sns", "Subscribe", { TopicArn, Protocol: "lambda", Endpoint: own?.Endpoint });
  });

  it("finds that the topic may not invoke the function", async () => {
    const FunctionName = String(stage.stack.outputs.functionName);
    const { Policy } = await call("lambda", "GetPolicy", { FunctionName });
    const { Statement } = JSON.parse(String(Policy)) as {
      Statement: { Sid: string; Principal: { Service?: string } }[];
    };
    const bySns = Statement.find(({ Principal }) => Principal.Service === "sns.amazonaws.com");
    await call("lambda", "RemovePermission", { FunctionName, StatementId: bySns?.Sid });
    const [found] = (await wrongs()).filter(({ what }) => /does not let .* invoke it/.test(what));
    expect(found?.repair?.lines).to.deep.equal(["pulumi up --refresh"]);
    await call("lambda", "AddPermission", {
      FunctionName,
      StatementId: bySns?.Sid,
      Action: "lambda:InvokeFunction",
      Principal: "sns.amazonaws.com",
      SourceArn: stage.stack.outputs.logTopicArn,
    });
  });

  it("finds a function that Lambda throttles", () =>
    brokenAndRepaired(
      () =>
        call("lambda", "PutFunctionConcurrency", {
          FunctionName: stage.stack.outputs.functionName,
          ReservedConcurrentExecutions: 0,
        }),
      /reserved concurrency is 0/,
    ));

  it("finds a disabled key", () =>
    brokenAndRepaired(() => call("kms", "DisableKey", { KeyId: made.key }), /the key is Disabled/));

  it("finds a key that does not let the function decrypt", () =>
    brokenAndRepaired(async () => {
      const { Policy } = await call("kms", "GetKeyPolicy", { KeyId: made.key, PolicyName: "default" });
      const document = JSON.parse(String(Policy)) as { Statement: object[] };
      const deny = (Action: string[]) => ({ ...keyPolicy.Statement[0], Sid: "Administer", Action });
      const admin = [
        "kms:Describe*",
        "kms:Get*",
        "kms:Put*",
        "kms:List*",
        "kms:Enable*",
        "kms:Disable*",
        "kms:ScheduleKeyDeletion",
      ];
      const Statement = [
        deny(admin),
        ...document.Statement.filter(
          (one) => !["Owner", "CloudtrailerDecryptsLogFiles"].includes(plainTextOf(fieldsOf(one).Sid)),
        ),
      ];
      const narrowed = JSON.stringify({ ...document, Statement });
      await call("kms", "PutKeyPolicy", { KeyId: made.key, PolicyName: "default", Policy: narrowed });
    }, /could not read .*kms/i));

  it("finds a bucket that does not let the function read", async () => {
    const { Policy } = await call("s3", "GetBucketPolicy", { Bucket: bucket });
    const document = JSON.parse(String(Policy)) as { Statement: object[] };
    const deny = {
      Sid: "NobodyReads",
      Effect: "Deny",
      Principal: { AWS: String(stage.stack.outputs.roleArn) },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    const Statement = [...document.Statement, deny];
    await call("s3", "PutBucketPolicy", {
      Bucket: bucket,
      Policy: JSON.stringify({ ...document, Statement }),
    });
    const found = (await wrongs()).filter(({ what }) => /could not read s3/.test(what));
    expect(found).to.have.length(1);
    await call("s3", "PutBucketPolicy", { Bucket: bucket, Policy: String(Policy) });
    await eventually("nothing wrong", async () => ((await wrongs()).length === 0 ? true : undefined));
  });

  it("finds a queue that does not let alerts in", () =>
    brokenAndRepaired(async () => {
      const { QueueUrl } = await call("sqs", "GetQueueUrl", { QueueName: "doctored-alerts" });
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      await call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
    }, /does not let the topic send/));

  it("finds that nobody is subscribed to the alerts", async () => {
    const TopicArn = String(stage.stack.outputs.alertTopicArn);
    const { Subscriptions } = await call("sns", "ListSubscriptionsByTopic", { TopicArn });
    for (const { SubscriptionArn } of Subscriptions as { SubscriptionArn: string }[])
      await call("sns", "Unsubscribe", { SubscriptionArn });
    const [found] = (await wrongs()).filter(({ what }) => /alerts reach nobody/.test(what));
    expect(found?.repair?.lines?.join()).to.include(
      "pulumi config set --path 'cloudtrailer:subscribers[0].protocol' email",
    );
  });
});
