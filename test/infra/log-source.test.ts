import { expect } from "chai";
import { decodeSettings } from "../../handlers/settings";
import type { PolicyDocument, Statement } from "../../policies/document";
import { account, region, stack, type Stack } from "./stack";

const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
const topic = "arn:aws:sns:us-east-1:444455556666:trail";
const kmsKey = "arn:aws:kms:eu-west-1:444455556666:key/0a1b";

function document(value: unknown): PolicyDocument {
  return JSON.parse(String(value)) as PolicyDocument;
}

function settingsIn({ the }: Stack) {
  const { environment } = the("aws:lambda/function:Function").inputs as {
    environment: { variables: Record<string, string> };
  };
  return decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS);
}

function statement({ the }: Stack, sid: string): Statement | undefined {
  return document(
    the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs.policy,
  ).Statement.find(({ Sid }) => Sid === sid);
}

describe("the program with an existing trail", () => {
  it("has its own topic for it, and changes neither the trail nor its bucket", async () => {
    const made = await stack({
      team: "blue",
      trail: "existing",
      existingTrail: JSON.stringify({ arn, bucket: "company-logs", prefix: "audit" }),
    });
    expect(made.resources.filter(({ type }) => /^aws:(?:s3|cloudtrail)/.test(type))).to.deep.equal([]);
    const policy = document(made.the("aws:sns/topicPolicy:TopicPolicy", "trail-topic-policy").inputs.policy);
    const publishers = policy.Statement.filter(({ Effect }) => Effect === "Allow");
    expect(publishers.map(({ Condition }) => Condition)).to.deep.equal([
      { StringEquals: { "aws:SourceArn": arn } },
    ]);
    expect(made.outputs).to.include({ trailArn: arn, trailName: "main", bucket: "company-logs" });
    expect(settingsIn(made)).to.deep.include({ prefix: `audit/AWSLogs/${account}/`, source: {} });
    expect(settingsIn(made).context.trail).to.deep.equal({ name: "main", arn });
  });

  it("listens to a topic of another account and region, and reads an organization's encrypted files in a third", async () => {
    const policyReader = "arn:aws:iam::444455556666:role/reader";
    const made = await stack({
      team: "blue",
      trail: "existing",
      kmsKey,
      existingTrail: JSON.stringify({
        arn: arn.replace(account, "999988887777"),
        bucket: "archive",
        bucketAccount: "444455556666",
        bucketRegion: "eu-west-1",
        organizationId: "o-abcde12345",
        topic,
        policyReader,
      }),
    });
    expect(made.resources.filter(({ name }) => name.startsWith("trail-"))).to.deep.equal([]);
    const subscription = made.the("aws:sns/topicSubscription:TopicSubscription", "detector").inputs;
    expect(subscription).to.include({ topic, protocol: "lambda", region: "us-east-1" });
    expect(made.the("aws:lambda/permission:Permission", "detector").inputs).to.include({ sourceArn: topic });
    const folder = `AWSLogs/o-abcde12345/${account}/`;
    expect(settingsIn(made)).to.deep.include({
      prefix: folder,
      kmsKey,
      source: { account: "444455556666", region: "eu-west-1", policyReader },
    });
    expect(statement(made, "ReadLogFiles")?.Resource).to.deep.equal([
      `arn:aws:s3:::archive/${folder}CloudTrail/*`,
      `arn:aws:s3:::archive/${folder}CloudTrail-Digest/*`,
    ]);
    expect(statement(made, "DecryptLogFiles")).to.deep.include({
      Action: ["kms:Decrypt"],
      Resource: [kmsKey],
    });
    expect(statement(made, "ReadTheBucketsPolicy")?.Resource).to.deep.equal([policyReader]);
    // Its metrics are in another account.
    const alarms = made.resources.filter(({ type }) => type.includes("metricAlarm")).map(({ name }) => name);
    expect(alarms).to.include("watch-silence").and.not.include("watch-unnotified");
  });

  it("gets the bucket's events by a rule, whose topic only that rule publishes to", async () => {
    const made = await stack({
      team: "blue",
      trail: "existing",
      existingTrail: JSON.stringify({ arn, bucket: "company-logs", bucketEvents: true }),
    });
    const rule = made.the("aws:cloudwatch/eventRule:EventRule", "trail-log-files").inputs;
    expect(JSON.parse(String(rule.eventPattern))).to.deep.equal({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: ["company-logs"] },
        object: { key: [{ prefix: `AWSLogs/${account}/CloudTrail/` }] },
      },
    });
    const policy = document(made.the("aws:sns/topicPolicy:TopicPolicy", "trail-topic-policy").inputs.policy);
    const source = `arn:aws:events:${region}:${account}:rule/cloudtrail-logs-blue`;
    expect(policy.Statement[0]?.Condition).to.deep.equal({ ArnEquals: { "aws:SourceArn": source } });
  });
});

describe("the program's own trail", () => {
  it("encrypts with a key, and records data events of everything but its own bucket", async () => {
    const key = `arn:aws:kms:${region}:${account}:key/0a1b`;
    const made = await stack({
      team: "blue",
      kmsKey: key,
      dataEvents: JSON.stringify([
        { resources: "s3", writeOnly: true },
        { resources: "lambda", arns: [`arn:aws:lambda:${region}:${account}:function:pay`] },
      ]),
    });
    const trail = made.the("aws:cloudtrail/trail:Trail").inputs;
    expect(trail.kmsKeyId).to.equal(key);
    expect(trail.advancedEventSelectors).to.deep.equal([
      { name: "management events", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        name: "s3 1",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "readOnly", equals: ["false"] },
          { field: "resources.ARN", notStartsWith: ["arn:aws:s3:::lambdasharp-blue-cloudtrail/"] },
        ],
      },
      {
        name: "lambda 2",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::Lambda::Function"] },
          { field: "resources.ARN", startsWith: [`arn:aws:lambda:${region}:${account}:function:pay`] },
        ],
      },
    ]);
    expect(statement(made, "DecryptLogFiles")?.Resource).to.deep.equal([key]);
  });
});
