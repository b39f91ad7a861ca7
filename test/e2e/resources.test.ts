import {
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import {
  HeadBucketCommand,
  PutObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
} from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { zipSync } from "fflate";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Aws } from "../../local/resources/aws";
import { roomTemplate } from "../../infra/chat-rooms";
import { resourceTypeOf, resourceTypes } from "../../local/resources/index";
import { difference, type Values } from "../../local/resources/property";
import { createResource, type ResourceState, updateResource } from "../../local/resources/resource-type";
import { aws as connectRoot, emulator, eventually } from "./support";

const account = "111122223333";
const region = "us-west-2";
const lambdaTrust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const code = (text: string) => ({ assets: { "index.js": { text } } });

/** What a case's resource needs: created first, deleted last. */
interface Base {
  [type: string]: Values;
}

interface Case {
  base?: Base;
  inputs: Values;
  /** What changes in place; none for a type that is only ever replaced. */
  change?: Values;
}

const busPolicy = (Effect: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Cases",
        Effect,
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "events:PutEvents",
        Resource: `arn:aws:events:${region}:${account}:event-bus/cases-base`,
      },
    ],
  });
const stateMachine = (Type: "Succeed" | "Fail") =>
  JSON.stringify({ StartAt: "End", States: { End: { Type } } });
/** A template with one role, as members have. */
const roleTemplate = (RoleName: string) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: { RoleName, AssumeRolePolicyDocument: lambdaTrust, Policies: [] },
      },
    },
  });
const databaseBase: Base = { "aws:glue/catalogDatabase:CatalogDatabase": { name: "cases_base" } };
const bucketBase: Base = { "aws:s3/bucket:Bucket": { bucket: "cases-base" } };
const topicArn = `arn:aws:sns:${region}:${account}:cases-base`;
const topicBase: Base = { "aws:sns/topic:Topic": { name: "cases-base" } };
const roleBase: Base = { "aws:iam/role:Role": { name: "cases-base", assumeRolePolicy: lambdaTrust } };
const functionBase: Base = {
  ...roleBase,
  "aws:lambda/function:Function": {
    name: "cases-base",
    handler: "index.handler",
    runtime: "nodejs24.x",
    role: `arn:aws:iam::${account}:role/cases-base`,
    code: code("exports.handler = async () => 1;"),
  },
};
const allow = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const policyFor = (Resource: string, Action: string) => ({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Own", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action, Resource },
  ],
});

/** The template of a chat room. */
const roomBody = (own: object = {}, name = "cases-stack") =>
  JSON.stringify(
    roomTemplate(
      { where: { slackTeam: "T0123456789", slackChannel: "C0123456789", ...own }, buttons: true },
      {
        name,
        topicArn,
        roleArn: `arn:aws:iam::${account}:role/cases-base`,
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      },
    ),
  );

const cases: Record<string, () => Promise<Case>> = {
  "aws:s3/bucket:Bucket": async () => ({
    inputs: { bucket: "cases-bucket", tags: { owner: "blue" } },
    change: { tags: { owner: "green", reason: "test" } },
  }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": async () => ({
    base: bucketBase,
    inputs: { bucket: "cases-base", blockPublicAcls: true, blockPublicPolicy: true },
    change: { ignorePublicAcls: true, blockPublicPolicy: false },
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": async () => ({
    base: bucketBase,
    inputs: { bucket: "cases-base", rule: { objectOwnership: "BucketOwnerEnforced" } },
    change: { rule: { objectOwnership: "BucketOwnerPreferred" } },
  }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": async () => ({
    base: bucketBase,
    inputs: {
      bucket: "cases-base",
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    },
    change: {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
    },
  }),
  "aws:s3/bucketVersioning:BucketVersioning": async () => ({
    base: bucketBase,
    inputs: { bucket: "cases-base", versioningConfiguration: { status: "Suspended" } },
    change: { versioningConfiguration: { status: "Enabled" } },
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": async () => ({
    base: bucketBase,
    inputs: {
      bucket: "cases-base",
      rules: [
        {
          id: "log-files",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          expiration: { days: 90 },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
      ],
    },
    change: { rules: [{ id: "log-files", status: "Disabled", expiration: { days: 30 } }] },
  }),
  "aws:s3/bucketPolicy:BucketPolicy": async () => ({
    base: bucketBase,
    inputs: {
      bucket: "cases-base",
      policy: JSON.stringify(policyFor("arn:aws:s3:::cases-base", "s3:ListBucket")),
    },
    change: { policy: policyFor("arn:aws:s3:::cases-base/*", "s3:GetObject") },
  }),
  "aws:sns/topic:Topic": async () => ({
    inputs: { name: "cases-topic", tags: { owner: "blue" } },
    change: { displayName: "Alerts", tags: { reason: "test" } },
  }),
  "aws:sns/topicPolicy:TopicPolicy": async () => ({
    base: topicBase,
    inputs: { arn: topicArn, policy: policyFor(topicArn, "sns:Publish") },
    change: { policy: policyFor(topicArn, "sns:Subscribe") },
  }),
  "aws:sns/topicSubscription:TopicSubscription": async () => ({
    base: topicBase,
    inputs: {
      topic: topicArn,
      protocol: "sqs",
      endpoint: `arn:aws:sqs:${region}:${account}:cases-base`,
      filterPolicy: JSON.stringify({ severity: ["critical"] }),
    },
    change: { filterPolicy: undefined, rawMessageDelivery: true },
  }),
  "aws:cloudtrail/trail:Trail": async () => ({
    base: { ...bucketBase, ...topicBase },
    inputs: { name: "cases-trail", s3BucketName: "cases-base", snsTopicName: "cases-base" },
    change: {
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      enableLogging: false,
      tags: { owner: "blue" },
    },
  }),
  "aws:iam/role:Role": async () => ({
    inputs: { name: "cases-role", assumeRolePolicy: JSON.stringify(lambdaTrust), tags: { owner: "blue" } },
    change: {
      description: "changed",
      maxSessionDuration: 7200,
      tags: {},
      assumeRolePolicy: { ...lambdaTrust, Statement: [{ ...lambdaTrust.Statement[0], Sid: "Changed" }] },
    },
  }),
  "aws:iam/policy:Policy": async () => ({
    inputs: { name: "cases-policy", policy: allow("s3:GetObject") },
    change: { policy: JSON.stringify(allow("s3:ListBucket")) },
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": async () => ({
    base: { ...roleBase, "aws:iam/policy:Policy": { name: "cases-base", policy: allow("s3:GetObject") } },
    inputs: { role: "cases-base", policyArn: `arn:aws:iam::${account}:policy/cases-base` },
  }),
  "aws:iam/rolePolicy:RolePolicy": async () => ({
    base: roleBase,
    inputs: {
      name: "execution-policy",
      role: "cases-base",
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      },
    },
    change: {
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }],
      },
    },
  }),
  "aws:lambda/function:Function": async () => ({
    base: roleBase,
    inputs: {
      name: "cases-function",
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: `arn:aws:iam::${account}:role/cases-base`,
      code: code("exports.handler = async () => 1;"),
      environment: { variables: { LEVEL: "1" } },
    },
    change: {
      code: code("exports.handler = async () => 2;"),
      description: "changed",
      environment: { variables: { LEVEL: "2" } },
      memorySize: 512,
      reservedConcurrentExecutions: 5,
      timeout: 30,
      tags: { owner: "blue" },
    },
  }),
  "aws:lambda/permission:Permission": async () => ({
    base: functionBase,
    inputs: {
      statementId: "from-topic",
      function: "cases-base",
      action: "lambda:InvokeFunction",
      principal: "sns.amazonaws.com",
      sourceArn: topicArn,
    },
  }),
  "aws:lambda/invocation:Invocation": async () => ({
    base: functionBase,
    inputs: { functionName: "cases-base", input: '{"at":"deployment"}', triggers: { deployed: "now" } },
  }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": async () => ({
    base: functionBase,
    inputs: {
      functionName: "cases-base",
      destinationConfig: { onFailure: { destination: `arn:aws:sqs:${region}:${account}:cases-base` } },
    },
    change: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60, destinationConfig: undefined },
  }),
  "aws:cloudwatch/eventRule:EventRule": async () => ({
    inputs: { name: "cases-rule", scheduleExpression: "rate(1 hour)", tags: { owner: "blue" } },
    change: { scheduleExpression: "rate(2 hours)", description: "changed", tags: { reason: "test" } },
  }),
  "aws:cloudwatch/eventTarget:EventTarget": async () => ({
    base: {
      ...functionBase,
      "aws:cloudwatch/eventRule:EventRule": { name: "cases-base", scheduleExpression: "rate(1 hour)" },
    },
    inputs: {
      rule: "cases-base",
      targetId: "cases-target",
      arn: `arn:aws:lambda:${region}:${account}:function:cases-base`,
      input: '{"at":"schedule"}',
    },
    change: { input: { at: "another time" } },
  }),
  "aws:cloudwatch/dashboard:Dashboard": async () => ({
    inputs: { dashboardName: "cases-dashboard", dashboardBody: '{"widgets":[]}' },
    change: { dashboardBody: '{"widgets":[],"start":"-P7D"}' },
  }),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": async () => ({
    base: { "aws:cloudwatch/eventBus:EventBus": { name: "cases-base" } },
    inputs: { eventBusName: "cases-base", policy: busPolicy("Deny") },
    change: { policy: busPolicy("Allow") },
  }),
  "aws:cloudwatch/eventConnection:EventConnection": async () => ({
    inputs: {
      name: "cases-connection",
      authorizationType: "API_KEY",
      authParameters: { apiKey: { key: "X-Key", value: "hidden" } },
    },
    change: { authParameters: { apiKey: { key: "X-Other", value: "hidden" } } },
  }),
  "aws:cloudwatch/eventApiDestination:EventApiDestination": async () => ({
    base: {
      "aws:cloudwatch/eventConnection:EventConnection": {
        name: "cases-base",
        authorizationType: "API_KEY",
        authParameters: { apiKey: { key: "X-Key", value: "hidden" } },
      },
    },
    inputs: {
      name: "cases-destination",
      invocationEndpoint: "https://hooks.example.com/a",
      httpMethod: "POST",
      invocationRateLimitPerSecond: 1,
      connectionArn: `arn:aws:events:${region}:${account}:connection/cases-base`,
    },
    change: { invocationEndpoint: "https://hooks.example.com/b" },
  }),
  "aws:cloudwatch/eventBus:EventBus": async () => ({
    inputs: { name: "cases-bus", description: "of cases", tags: { owner: "blue" } },
    change: { description: "changed", tags: { reason: "test" } },
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": async () => ({
    inputs: {
      name: "cases-alarm",
      alarmDescription: "of cases",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "cases-base" },
      statistic: "Sum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: { owner: "blue" },
    },
    change: { threshold: 3, evaluationPeriods: 2, okActions: [], tags: { reason: "test" } },
  }),
  "aws:cloudwatch/logGroup:LogGroup": async () => ({
    inputs: { name: "/cases/log", retentionInDays: 30, tags: { owner: "blue" } },
    change: { retentionInDays: 0, tags: { reason: "test" } },
  }),
  "aws:dynamodb/table:Table": async () => ({
    inputs: {
      name: "cases-table",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
    },
    change: { ttl: undefined, pointInTimeRecovery: undefined, tags: { owner: "blue" } },
  }),
  "aws:dynamodb/resourcePolicy:ResourcePolicy": async () => {
    const resourceArn = `arn:aws:dynamodb:${region}:${account}:table/cases-base`;
    return {
      base: {
        "aws:dynamodb/table:Table": {
          name: "cases-base",
          billingMode: "PAY_PER_REQUEST",
          hashKey: "id",
          attributes: [{ name: "id", type: "S" }],
        },
      },
      inputs: { resourceArn, policy: JSON.stringify(policyFor(resourceArn, "dynamodb:GetItem")) },
      change: { policy: policyFor(resourceArn, "dynamodb:PutItem") },
    };
  },
  "aws:glue/catalogDatabase:CatalogDatabase": async () => ({
    inputs: { name: "cases_database", description: "of cases" },
    change: { description: "changed" },
  }),
  "aws:glue/catalogTable:CatalogTable": async () => ({
    base: databaseBase,
    inputs: {
      name: "cases_table",
      databaseName: "cases_base",
      tableType: "EXTERNAL_TABLE",
      parameters: { "projection.enabled": "true" },
      partitionKeys: [{ name: "account", type: "string" }],
      storageDescriptor: {
        location: "s3://cases-base/",
        inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe" },
        columns: [{ name: "eventname", type: "string" }],
      },
    },
    change: { parameters: { "projection.enabled": "false" } },
  }),
  "aws:athena/workgroup:Workgroup": async () => ({
    inputs: {
      name: "cases-workgroup",
      forceDestroy: true,
      configuration: {
        bytesScannedCutoffPerQuery: 10_000_000,
        resultConfiguration: { outputLocation: "s3://cases-base/athena/" },
      },
    },
    change: { description: "changed" },
  }),
  "aws:athena/namedQuery:NamedQuery": async () => ({
    base: databaseBase,
    inputs: { name: "cases-query", database: "cases_base", query: "select 1" },
  }),
  "aws:sfn/stateMachine:StateMachine": async () => ({
    base: {
      "aws:iam/role:Role": {
        name: "cases-base",
        assumeRolePolicy: JSON.stringify(lambdaTrust).replace("lambda.", "states."),
      },
    },
    inputs: {
      name: "cases-machine",
      roleArn: `arn:aws:iam::${account}:role/cases-base`,
      definition: stateMachine("Succeed"),
      tags: { owner: "blue" },
    },
    change: { definition: stateMachine("Fail"), tags: { reason: "test" } },
  }),
  "aws:cloudformation/stack:Stack": async () => ({
    base: { ...topicBase, ...roleBase },
    inputs: { name: "cases-stack", templateBody: roomBody() },
    change: { templateBody: roomBody({ slackChannel: "C9999999999" }) },
  }),
  "aws:cloudformation/stackSet:StackSet": async () => ({
    inputs: { name: "cases-stack-set", templateBody: roleTemplate("cases-member") },
    change: { templateBody: roleTemplate("cases-other-member") },
  }),
  "aws:cloudformation/stackSetInstance:StackSetInstance": async () => ({
    base: {
      "aws:cloudformation/stackSet:StackSet": {
        name: "cases-base",
        templateBody: roleTemplate("cases-member"),
      },
    },
    inputs: {
      stackSetName: "cases-base",
      deploymentTargets: {
        organizationalUnitIds: ["ou-1234-12345678"],
        accountFilterType: "INTERSECTION",
        accounts: ["222222222222"],
      },
    },
  }),
  "aws:sqs/queue:Queue": async () => ({
    inputs: { name: "cases-queue", messageRetentionSeconds: 1_209_600 },
    change: { visibilityTimeoutSeconds: 60, messageRetentionSeconds: 3600, tags: { owner: "blue" } },
  }),
  "aws:sqs/queuePolicy:QueuePolicy": async () => {
    const queueUrl = `${(await emulator()).endpoint}/${account}/cases-base`;
    const arn = `arn:aws:sqs:${region}:${account}:cases-base`;
    return {
      base: { "aws:sqs/queue:Queue": { name: "cases-base" } },
      inputs: { queueUrl, policy: policyFor(arn, "sqs:SendMessage") },
      change: { policy: policyFor(arn, "sqs:ReceiveMessage") },
    };
  },
};

/** Creates resources, passes them to `body`, and deletes them in reverse, whatever happens. */
async function having<T>(base: Base, aws: Aws, body: () => Promise<T>): Promise<T> {
  const made: [string, ResourceState][] = [];
  try {
    for (const [token, inputs] of Object.entries(base)) {
      made.push([token, await createResource(resourceTypeOf(token), inputs, aws)]);
    }
    return await body();
  } finally {
    for (const [token, { id, outputs }] of made.reverse())
      await resourceTypeOf(token).delete(id, outputs, aws);
  }
}

describe("resource types", () => {
  let aws: Aws;
  before(async () => {
    aws = await connectRoot();
  });

  it("has a case here for each type", () => {
    expect(Object.keys(cases).sort()).to.deep.equal([...resourceTypes.keys()].sort());
  });

  for (const [token, prepare] of Object.entries(cases)) {
    describe(token, () => {
      it("reads back what was created, changes it in place, and deletes it, twice if necessary", async () => {
        const { base = {}, inputs, change } = await prepare();
        const type = resourceTypeOf(token);
        await having(base, aws, async () => {
          const made = await createResource(type, inputs, aws);
          expect(difference(type.properties, made.outputs, inputs).changed, "after create").to.deep.equal([]);
          let outputs = made.outputs;
          if (change) {
            const news = { ...inputs, ...change };
            const wanted = difference(type.properties, outputs, news);
            expect(wanted.changed.sort()).to.deep.equal(Object.keys(change).sort());
            expect(wanted.replaces).to.deep.equal([]);
            ({ outputs } = await updateResource(type, made.id, outputs, news, aws));
            expect(difference(type.properties, outputs, news).changed, "after update").to.deep.equal([]);
          }
          await type.delete(made.id, outputs, aws);
          expect(await goneOrDefault(token, made.id, outputs, aws)).to.equal(true);
          await type.delete(made.id, outputs, aws);
        });
      });
    });
  }
});

/**
 * A topic is never without a policy, a bucket never without encryption and ownership; those return to AWS's defaults. An
 * invocation leaves nothing.
 */
async function goneOrDefault(token: string, id: string, outputs: Values, aws: Aws): Promise<boolean> {
  const type = resourceTypeOf(token);
  if (token === "aws:lambda/invocation:Invocation") return true;
  const live = await type.read(id, outputs, aws);
  return live === undefined || difference(type.properties, live, outputs).changed.length > 0;
}

describe("an invocation", () => {
  it("calls the function with its input, and fails when that fails", async () => {
    const aws = await connectRoot();
    const text = `exports.handler = async (event) => { if (event.at !== "deployment") throw new Error("no " + event.at); };`;
    const runs = { ...functionBase["aws:lambda/function:Function"], code: code(text), timeout: 20 };
    await having({ ...roleBase, "aws:lambda/function:Function": runs }, aws, async () => {
      const type = resourceTypeOf("aws:lambda/invocation:Invocation");
      const call = (at: string) =>
        createResource(type, { functionName: "cases-base", input: JSON.stringify({ at }) }, aws);
      expect((await call("deployment")).id).to.match(/^cases-base_\$LATEST_[0-9a-f]{32}$/);
      const error = await call("night").catch((failed: Error) => failed);
      expect(String(error)).to.match(/the function cases-base failed: .*no night/);
    });
  });
});

describe("a stack of a chat room", () => {
  const type = resourceTypeOf("aws:cloudformation/stack:Stack");

  it("is refused as AWS would refuse it, and leaves nothing", async () => {
    const aws = await connectRoot();
    const whole = roomBody({}, "cases-refused");
    const refusals: [wrong: string, why: RegExp][] = [
      [whole.replace("T0123456789", "acme"), /SlackWorkspaceId: expected a text/],
      [whole.replace(/(\$Say)/, `$1${"x".repeat(100)}`), /CommandText: expected a text .* at most 100/],
      [whole.replace('"Operator":"EQUALS"', '"Operator":"LIKE"'), /Operator: expected a text/],
      [whole.replace("UserRoleRequired", "UserRole"), /extraneous key \[UserRole\]/],
      [whole.replace("role/cases-base", "role/cases-nobody"), /the role cases-nobody does not exist/],
      [whole.replace(topicArn, `${topicArn}-2`), /the topic \S+ does not exist/],
    ];
    await having({ ...topicBase, ...roleBase }, aws, async () => {
      for (const [templateBody, why] of refusals) {
        expect(templateBody).not.to.equal(whole);
        const refused = await createResource(type, { name: "cases-refused", templateBody }, aws).catch(
          String,
        );
        expect(refused).to.match(why);
        expect(await type.read("cases-refused", {}, aws)).to.equal(undefined);
      }
    });
  });
});

describe("a bucket", () => {
  const type = resourceTypeOf("aws:s3/bucket:Bucket");
  const versioning = resourceTypeOf("aws:s3/bucketVersioning:BucketVersioning");

  async function filled(bucket: string, forceDestroy: boolean, aws: Aws): Promise<ResourceState> {
    const state = await createResource(type, { bucket, forceDestroy }, aws);
    await createResource(versioning, { bucket, versioningConfiguration: { status: "Enabled" } }, aws);
    for (const Body of ["one", "two"])
      await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "log", Body }));
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "log" }));
    return state;
  }

  it("is deleted with objects, versions and delete markers when forceDestroy says so", async () => {
    const aws = await connectRoot();
    const { id, outputs } = await filled("full-and-forced", true, aws);
    await type.delete(id, outputs, aws);
    expect(await type.read(id, outputs, aws)).to.equal(undefined);
  });

  it("is deleted although something is written to it meanwhile", async () => {
    const aws = await connectRoot();
    const { id, outputs } = await filled("still-written", true, aws);
    const send = aws.s3.send.bind(aws.s3) as (command: object) => Promise<unknown>;
    let written = 0;
    const writing = async (command: object) => {
      if (command instanceof DeleteBucketCommand && written < 2)
        await send(new PutObjectCommand({ Bucket: id, Key: "late", Body: String(++written) }));
      return send(command);
    };

    await type.delete(id, outputs, { ...aws, s3: Object.assign(Object.create(aws.s3), { send: writing }) });

    expect(written).to.equal(2);
    expect(await type.read(id, outputs, aws)).to.equal(undefined);
  });

  it("keeps its objects otherwise", async () => {
    const aws = await connectRoot();
    const { id, outputs } = await filled("full-and-kept", false, aws);
    const error = await type.delete(id, outputs, aws).catch((refused: Error) => refused);
    expect(error).to.be.an("error").with.property("name", "BucketNotEmpty");
    await aws.s3.send(new HeadBucketCommand({ Bucket: id }));
    await type.delete(id, { ...outputs, forceDestroy: true }, aws);
  });
});

describe("a subscription that nobody confirmed yet", () => {
  const type = resourceTypeOf("aws:sns/topicSubscription:TopicSubscription");

  it("has its own ARN as its id", async () => {
    const aws = await connectRoot();
    await having({ "aws:sns/topic:Topic": { name: "unconfirmed" } }, aws, async () => {
      const topic = `arn:aws:sns:${region}:${account}:unconfirmed`;
      const inputs = { topic, protocol: "https", endpoint: "https://127.0.0.1:9/hook" };
      const { id, outputs } = await createResource(type, inputs, aws);
      expect(id).to.match(new RegExp(`^${topic}:[0-9a-f-]{36}$`));
      expect(outputs.pendingConfirmation).to.equal(true);
      await type.delete(id, outputs, aws);
      expect(await type.read(id, outputs, aws)).to.equal(undefined);
    });
  });
});

describe("a function", () => {
  const type = resourceTypeOf("aws:lambda/function:Function");
  const role = { name: "runs", assumeRolePolicy: lambdaTrust };
  const queueArn = `arn:aws:sqs:${region}:${account}:runs-failed`;
  const base: Base = {
    "aws:iam/role:Role": role,
    // Lambda hands failures over with the function's role.
    "aws:iam/rolePolicy:RolePolicy": { name: "hands-over", role: "runs", policy: allow("sqs:SendMessage") },
    "aws:sqs/queue:Queue": { name: "runs-failed" },
    "aws:sns/topic:Topic": { name: "runs" },
  };
  const inputs = (name: string, text: string): Values => ({
    name,
    handler: "index.handler",
    runtime: "nodejs24.x",
    role: `arn:aws:iam::${account}:role/runs`,
    code: code(text),
    timeout: 20,
  });
  const connectWithSdk = async () =>
    connectRoot({
      NODE_PATH: join(__dirname, "..", "..", "node_modules"),
      AWS_ENDPOINT_URL: (await emulator()).endpoint,
    });

  async function invoked(name: string, aws: Aws): Promise<unknown> {
    const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName: name }));
    return JSON.parse(new TextDecoder().decode(Payload)) as unknown;
  }

  it("finds the SDK, calls as its role, and is denied what the role was not granted", async () => {
    const aws = await connectWithSdk();
    const text = `
      const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
      const { S3Client, ListBucketsCommand } = require("@aws-sdk/client-s3");
      exports.handler = async () => ({
        arn: (await new STSClient().send(new GetCallerIdentityCommand({}))).Arn,
        refused: await new S3Client().send(new ListBucketsCommand({})).then(() => "nothing", (error) => error.name),
      });`;
    await having({ ...base, "aws:lambda/function:Function": inputs("runs-as-role", text) }, aws, async () => {
      expect(await invoked("runs-as-role", aws)).to.deep.equal({
        arn: `arn:aws:sts::${account}:assumed-role/runs/runs-as-role`,
        refused: "AccessDenied",
      });
    });
  });

  it("gets the SDK's path and endpoint in its environment, and shows neither as its own", async () => {
    const aws = await connectWithSdk();
    const declared = { ...inputs("runs-environment", "exports.handler = async () => 1;") };
    declared.environment = { variables: { LEVEL: "1" } };
    await having({ ...base }, aws, async () => {
      const { id, outputs } = await createResource(type, declared, aws);
      const live = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: id }));
      expect(live.Environment?.Variables).to.deep.equal({ LEVEL: "1", ...aws.functionEnvironment });
      expect(outputs.environment).to.deep.equal({ variables: { LEVEL: "1" } });
      await type.delete(id, outputs, aws);
    });
  });

  it("shows a difference when somebody deploys other code", async () => {
    const aws = await connectRoot();
    const declared = inputs("runs-changed", "exports.handler = async () => 1;");
    await having({ ...base }, aws, async () => {
      const { id, outputs } = await createResource(type, declared, aws);
      const ZipFile = zipSync({ "index.js": new TextEncoder().encode("exports.handler = async () => 2;") });
      await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: id, ZipFile }));
      const live = await type.read(id, outputs, aws);
      expect(difference(type.properties, { ...outputs, ...live }, declared).changed).to.deep.equal(["code"]);
      await updateResource(type, id, { ...outputs, ...live }, declared, aws);
      expect(await invoked(id, aws)).to.equal(1);
      await type.delete(id, outputs, aws);
    });
  });

  it("is stopped at a reserved concurrency of 0: calls are throttled, events end in the queue untried", async () => {
    const aws = await connectRoot();
    const name = "runs-stopped";
    const stopped: Base = {
      ...base,
      "aws:lambda/function:Function": {
        ...inputs(name, "exports.handler = async () => 1;"),
        reservedConcurrentExecutions: 0,
      },
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
        functionName: name,
        destinationConfig: { onFailure: { destination: queueArn } },
      },
    };
    await having(stopped, aws, async () => {
      const call = await invoked(name, aws).catch((error: Error) => error);
      expect(call).to.have.property("name", "TooManyRequestsException");
      const { StatusCode } = await aws.lambda.send(
        new InvokeCommand({
          FunctionName: name,
          InvocationType: "Event",
          Payload: Buffer.from('{"kept":1}'),
        }),
      );
      expect(StatusCode).to.equal(202);
      const QueueUrl = `${(await emulator()).endpoint}/${account}/runs-failed`;
      const kept = await eventually("the event in the queue", async () => {
        const { Messages = [] } = await aws.sqs.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }),
        );
        return Messages[0]?.Body;
      });
      expect(JSON.parse(kept)).to.deep.include({ requestPayload: { kept: 1 } });
    });
  });

  it("leaves no queued event behind that would start its code after it was deleted", async () => {
    const aws = await connectRoot();
    const folder = await mkdtemp(join(tmpdir(), "cloudtrailer-queued-"));
    const begun = async () => (await readdir(folder)).length;
    const waits = `
      const { writeFileSync } = require("node:fs");
      exports.handler = ({ file }) => { writeFileSync(file, ""); return new Promise(() => setTimeout(() => {}, 60_000)); };`;
    await having({ ...base }, aws, async () => {
      const { id, outputs } = await createResource(type, inputs("runs-deleted", waits), aws);
      for (let index = 0; index < 6; index += 1)
        await aws.lambda.send(
          new InvokeCommand({
            FunctionName: id,
            InvocationType: "Event",
            Payload: Buffer.from(JSON.stringify({ file: join(folder, String(index)) })),
          }),
        );
      await eventually("all slots taken", async () => ((await begun()) === 4 ? true : undefined));

      await type.delete(id, outputs, aws);

      // As many starts as the queued ones would have taken.
      for (const name of ["runs-next", "runs-after"]) {
        const next = await createResource(type, inputs(name, "exports.handler = async () => 1;"), aws);
        expect(await invoked(name, aws)).to.equal(1);
        await type.delete(next.id, next.outputs, aws);
      }
      expect(await begun()).to.equal(4);
    });
    await rm(folder, { recursive: true });
  });

  it("is not created with an environment that Lambda would reject, not counting what this machine adds", async () => {
    const aws = await connectWithSdk();
    const bare = '{"SETTINGS":""}'.length;
    const withSettings = (length: number) => ({
      ...inputs("runs-settings", "exports.handler = async () => 1;"),
      environment: { variables: { SETTINGS: "x".repeat(length) } },
    });
    await having({ ...base }, aws, async () => {
      const { id, outputs } = await createResource(type, withSettings(4096 - bare), aws);
      const error = await updateResource(type, id, outputs, withSettings(4097 - bare), aws).catch(
        (refused: Error) => refused,
      );
      expect(String(error)).to.contain("exceeded the 4KB limit");
      await type.delete(id, outputs, aws);
    });
  });

  it("is invoked by a topic only with the topic's permission; what fails twice more ends in the queue", async () => {
    const aws = await connectRoot();
    const TopicArn = `arn:aws:sns:${region}:${account}:runs`;
    const name = "runs-failing";
    const wired: Base = {
      ...base,
      "aws:lambda/function:Function": inputs(
        name,
        `exports.handler = async () => { throw new Error("no"); };`,
      ),
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
        functionName: name,
        destinationConfig: { onFailure: { destination: queueArn } },
        maximumRetryAttempts: 1,
      },
      "aws:sns/topicSubscription:TopicSubscription": {
        topic: TopicArn,
        protocol: "lambda",
        endpoint: `arn:aws:lambda:${region}:${account}:function:${name}`,
      },
    };
    await having(wired, aws, async () => {
      await aws.sns.send(new PublishCommand({ TopicArn, Message: "before" }));
      await aws.lambda.send(
        new AddPermissionCommand({
          FunctionName: name,
          StatementId: "topic",
          Action: "lambda:invokeFunction",
          Principal: "sns.amazonaws.com",
          SourceArn: TopicArn,
        }),
      );
      await aws.sns.send(new PublishCommand({ TopicArn, Message: "after" }));
      const QueueUrl = `${(await emulator()).endpoint}/${account}/runs-failed`;
      const failed = await eventually("a failed notification", async () => {
        const { Messages = [] } = await aws.sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        return Messages.length ? Messages.map(({ Body = "" }) => Body) : undefined;
      });
      const messages = failed.map((body) => {
        const { requestPayload } = JSON.parse(body) as {
          requestPayload: { Records: { Sns: { Message: string } }[] };
        };
        return requestPayload.Records[0]?.Sns.Message;
      });
      expect(messages).to.deep.equal(["after"]);
    });
  });
});
