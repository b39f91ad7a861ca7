import { DeleteFunctionConcurrencyCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { ListSubscriptionsByTopicCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import type { ConfigMap, EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folderVariable } from "../../infra/rules/load";
import { projectFolder } from "../../local/install-emulator";
import { leftovers } from "../../local/leftovers";
import type { Aws } from "../../local/resources/aws";
import { findPulumi } from "../../scripts/pulumi-cli";
import { aws as connectRoot, emulator, regions } from "../e2e/support";
import { keepEnvironment } from "../support/environment";
import { anOwnFolder } from "../support/own-folder";
import { changes, openEngine, preparePlace, resourcesOf, startProvider } from "./support";

/** Kept as a secret; e-mail goes nowhere on this machine. */
const address = "an-address-that-nobody-may-see@example.com";

async function idsByUrn(stack: Stack): Promise<Record<string, string | undefined>> {
  return Object.fromEntries((await resourcesOf(stack)).map(({ urn, id }) => [urn, id]));
}

/** The types of the resources that an operation changed, by what happened to them, and how often. */
function watch() {
  const seen: Record<string, string[]> = {};
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const { op, type } = resourcePreEvent?.metadata ?? {};
    // The types of components contain no slash.
    if (op && type?.match(/^aws:.*\//) && op !== "same") {
      seen[op] = [...(seen[op] ?? []), type.replace(/^aws:(.*)\/.*:(.*)$/, "$1.$2")].sort();
    }
  };
  return { seen, onEvent };
}

/** Whenever its code or settings change, the function takes a snapshot of what it may have to restore. */
const invokedAnew = {
  "create-replacement": ["lambda.Invocation"],
  replace: ["lambda.Invocation"],
  "delete-replaced": ["lambda.Invocation"],
};

const messageOf = (error: unknown) => (error as Error).message;

describe("the real Pulumi engine", function () {
  // Each test continues from the stacks that the previous one left: a story of two teams.
  this.bail(true);

  let engine: ReturnType<typeof openEngine>;
  let aws: Aws;
  let blue: Stack;
  let green: Stack;
  const config: Record<string, ConfigMap> = {
    blue: {
      "cloudtrailer:team": { value: "blue" },
      "cloudtrailer:subscribers": {
        value: JSON.stringify([{ protocol: "email", endpoint: address, minimumSeverity: "high" }]),
        secret: true,
      },
    },
    green: { "cloudtrailer:team": { value: "green" } },
  };

  before(async () => {
    const pulumi = await findPulumi(console.log);
    if (!pulumi)
      throw new Error("expected pulumi on PATH or in PULUMI_BIN, or Go to build it with; found neither");
    const place = await preparePlace(pulumi, await emulator());
    engine = openEngine(place, await startProvider(place));
    aws = await connectRoot();
  });

  after(() => engine?.close());

  it("reports every wrong key of the configuration in one message of preview, before anything is created", async () => {
    const stack = await engine.stack("wrong", {
      "cloudtrailer:team": { value: "Not A Name" },
      "cloudtrailer:mode": { value: "loud" },
      "cloudtrailer:maxAgeMinutes": { value: "0" },
      "cloudtrailer:unheardOf": { value: "x" },
    });
    const error = await stack.preview().catch((failed: Error) => failed);
    expect(error).to.be.an("error");
    for (const key of ["team", "mode", "maxAgeMinutes", "unheardOf"]) {
      expect(messageOf(error)).to.include(`cloudtrailer:${key}: expected`);
    }
    expect(await resourcesOf(stack)).to.deep.equal([]);
  });

  it("reports in preview what is wrong in this account, and creates nothing", async () => {
    const elsewhere = ["sqs:us-west-2:999988887777:siem", "lambda:us-west-2:999988887777:function:chat"];
    const subscribers = elsewhere.map((rest) => ({
      protocol: rest.split(":")[0],
      endpoint: `arn:aws:${rest}`,
    }));
    const stack = await engine.stack("foreign", {
      "cloudtrailer:team": { value: "foreign" },
      "cloudtrailer:subscribers": { value: JSON.stringify(subscribers), secret: true },
    });
    const error = await stack.preview().catch((failed: Error) => failed);
    expect(error).to.be.an("error");
    expect(messageOf(error)).to.include("The configuration of stack foreign has 2 errors:");
    for (const index of [0, 1])
      expect(messageOf(error)).to.include(`cloudtrailer:subscribers[${index}].endpoint: expected the ARN of`);
    expect(await resourcesOf(stack)).to.deep.equal([]);
  });

  it("deploys two teams side by side in an account, with no name in common", async () => {
    blue = await engine.stack("blue", config.blue ?? {});
    green = await engine.stack("green", config.green ?? {});
    expect(Object.keys(changes(await blue.up()))).to.deep.equal(["create"]);
    expect(Object.keys(changes(await green.up()))).to.deep.equal(["create"]);
    const ids = async (stack: Stack) => (await resourcesOf(stack)).map(({ id }) => id);
    const [ofBlue, ofGreen] = [await ids(blue), await ids(green)];
    expect(ofBlue).to.have.length.greaterThan(15);
    expect(ofBlue.filter((id) => ofGreen.includes(id))).to.deep.equal([]);
  });

  it("reports no change in a second up, in a preview, and in one of another process", async () => {
    expect(changes(await blue.up())).to.deep.equal({});
    expect(changes(await blue.preview())).to.deep.equal({});
    expect(await engine.previewElsewhere("blue")).to.deep.equal({});
  });

  it("keeps secrets of the configuration out of the state, the outputs and what it prints", async () => {
    const printed: string[] = [];
    await blue.refresh({ onOutput: (text) => printed.push(text) });
    const written = await engine.written();
    expect(written).to.include("aws:sns/topicSubscription:TopicSubscription").and.not.include(address);
    expect(printed.join("")).not.to.include(address);
    expect(JSON.stringify(await blue.outputs())).not.to.include(address);
    const TopicArn = (await blue.outputs()).alertTopicArn?.value as string;
    const { Subscriptions = [] } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions.map(({ Endpoint }) => Endpoint)).to.deep.equal([address]);
  });

  it("updates only what depends on a changed setting, in place", async () => {
    const before = await idsByUrn(green);
    await green.setConfig("cloudtrailer:logGroupDays", { value: "7" });
    const retention = watch();
    await green.up({ onEvent: retention.onEvent });
    // The function is told which deployment it belongs to, whatever that one changed.
    expect(retention.seen).to.deep.equal({
      update: ["cloudwatch.LogGroup", "lambda.Function"],
      ...invokedAnew,
    });
    await green.setConfig("cloudtrailer:records", { value: "none" });
    const settings = watch();
    await green.up({ onEvent: settings.onEvent });
    expect(settings.seen).to.deep.equal({ update: ["lambda.Function"], ...invokedAnew });
    expect(await idsByUrn(green)).to.deep.equal(before);
  });

  it("deploys a rule of one's own, and rules in every region with fast: all; then nothing is left to do", async () => {
    const has = async () => {
      const made = await resourcesOf(green);
      const rules = made.filter(
        ({ type, urn }) => /\/eventRule:/.test(type) && /::(?:[\w-]+-)?fast-(?!bus-)/.test(urn),
      );
      return {
        regions: [...new Set(rules.map(({ outputs }) => String(outputs.region)))].sort(),
        mayDeleteTags: made.some(({ outputs }) => String(outputs.policy).includes("ec2:DeleteTags")),
      };
    };
    const restore = keepEnvironment();
    const example = join(projectFolder, "own", "examples", "ec2-prod-tagged.ts");
    process.env[folderVariable] = anOwnFolder({ "ec2-prod-tagged.ts": readFileSync(example, "utf8") });
    try {
      await green.setConfig("cloudtrailer:fast", { value: "all" });
      await green.setConfig("cloudtrailer:detections", { value: '{"ec2-prod-tagged":{"mode":"fix"}}' });
      await green.up();
      expect(await has()).to.deep.equal({ regions: [...regions].sort(), mayDeleteTags: true });
      expect(changes(await green.preview())).to.deep.equal({});
    } finally {
      restore();
    }
    await green.removeConfig("cloudtrailer:detections");
    await green.up();
    expect((await has()).mayDeleteTags).to.equal(false);
  });

  it("sees in refresh what was changed or deleted by hand, and fixes it in up", async () => {
    const outputs = await blue.outputs();
    const Bucket = outputs.bucket?.value as string;
    const FunctionName = outputs.functionName?.value as string;
    await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await aws.s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      }),
    );
    await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 3 }));
    await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    const TopicArn = outputs.logTopicArn?.value as string;
    const { Subscriptions = [] } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).to.have.length(1);
    await aws.sns.send(new UnsubscribeCommand({ SubscriptionArn: Subscriptions[0]?.SubscriptionArn }));

    const found = changes(await blue.refresh());
    expect(found).to.deep.equal({ delete: 2, update: 2 });
    const mended = watch();
    await blue.up({ onEvent: mended.onEvent });
    expect(mended.seen).to.deep.equal({
      create: ["s3.BucketPublicAccessBlock", "sns.TopicSubscription"],
      update: ["lambda.Function", "s3.BucketPolicy"],
    });
    expect(changes(await blue.refresh())).to.deep.equal({});
    expect(changes(await blue.preview())).to.deep.equal({});
  });

  it("replaces what contains the team's name when that changes, and leaves nothing under the old name", async () => {
    const old = await resourcesOf(green);
    await green.setConfig("cloudtrailer:team", { value: "lime" });
    const renamed = watch();
    await green.up({ onEvent: renamed.onEvent });
    expect(renamed.seen)
      .to.have.property("replace")
      .that.includes.members([
        "cloudtrail.Trail",
        "cloudwatch.LogGroup",
        "dynamodb.Table",
        "iam.Role",
        "lambda.Function",
        "s3.Bucket",
        "sns.Topic",
        "sqs.Queue",
      ]);
    expect(renamed.seen).not.to.have.property("update");
    expect(await leftovers(old, aws)).to.deep.equal([]);
    expect((await green.outputs()).bucket?.value).to.equal("lambdasharp-lime-cloudtrail");
    expect(changes(await green.preview())).to.deep.equal({});
  });

  it("continues from where a failing resource stopped it", async () => {
    const Bucket = "lambdasharp-red-cloudtrail";
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    const red = await engine.stack("red", { "cloudtrailer:team": { value: "red" } });
    const error = await red.up().catch((failed: Error) => failed);
    expect(error).to.be.an("error");
    expect(messageOf(error)).to.match(/trail-bucket.*error/);
    const made = await resourcesOf(red);
    // How many others the engine had begun by then is a matter of timing.
    expect(made.map(({ type }) => type)).not.to.include("aws:s3/bucket:Bucket");
    await aws.s3.send(new DeleteBucketCommand({ Bucket }));
    const goneOn = watch();
    await red.up({ onEvent: goneOn.onEvent });
    expect(Object.keys(goneOn.seen)).to.deep.equal(["create"]);
    expect(goneOn.seen.create).to.have.length((await resourcesOf(red)).length - made.length);
    expect(changes(await red.preview())).to.deep.equal({});
    await red.destroy();
    expect(await leftovers(await resourcesOf(red), aws)).to.deep.equal([]);
  });

  it("leaves nothing after destroy, not even a bucket with log files", async () => {
    for (const stack of [blue, green]) {
      const Bucket = (await stack.outputs()).bucket?.value as string;
      for (const Body of ["one", "two"]) {
        await aws.s3.send(new PutObjectCommand({ Bucket, Key: "AWSLogs/file.json.gz", Body }));
      }
      const resources = await resourcesOf(stack);
      expect(await leftovers(resources, aws)).to.include(`bucket ${Bucket}`);
      expect(changes(await stack.destroy())).to.have.all.keys("delete");
      expect(await leftovers(resources, aws)).to.deep.equal([]);
      expect(await resourcesOf(stack)).to.deep.equal([]);
    }
  });
});
