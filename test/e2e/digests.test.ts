import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { isVerified, linesOf, verify } from "../../cli/verify";
import type { CallAws } from "../../handlers/aws/call";
import type { DigestProblem } from "../../handlers/cloudtrail/digest-chain";
import { fieldsOf } from "../../handlers/json";
import { type Answer, deployForSuite } from "./stage";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("the hourly check of digests, deployed", () => {
  const stage = deployForSuite("digests");
  const s3 = (operation: string, input: Answer) =>
    stage.call(stage.root, "s3", operation, { Bucket: stage.stack.outputs.bucket, ...input });

  /** Has the hour pass: CloudTrail writes its digests, and the schedule invokes the function. */
  async function hourly(): Promise<Answer> {
    await stage.stack.recorder.writeDigests();
    const { FunctionError } = await stage.call(stage.root, "lambda", "Invoke", {
      FunctionName: stage.stack.outputs.functionName,
      Payload: JSON.stringify({ cloudtrailer: "keep-baselines", at: "schedule" }),
    });
    expect(FunctionError).to.equal(undefined);
    return (await stage.entries("digests")).at(-1) as Answer;
  }

  async function grant(UserName: string): Promise<void> {
    await stage.call(stage.mallory, "iam", "CreateUser", { UserName });
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName, PolicyArn: administrator });
    await stage.stack.recorder.flush();
  }

  async function logFiles(region: string): Promise<string[]> {
    const Prefix = `AWSLogs/${stage.stack.account}/CloudTrail/${region}/`;
    const { Contents } = await s3("ListObjectsV2", { Prefix });
    return (Contents as { Key: string }[]).map(({ Key }) => Key);
  }

  const told = (user: string) => stage.alertOf("iam-admin-policy-attached-user", user);
  const verified = (aws: CallAws) =>
    verify({
      trail: String(stage.stack.outputs.trailArn),
      table: String(stage.stack.outputs.tableName),
      region: stage.stack.region,
      from: Date.now() - 86_400_000,
      aws,
      now: () => Date.now(),
    });

  it("finds nothing wrong where all is in order", async () => {
    await grant("digests-usual");
    expect((await told("digests-usual")).outcome).to.equal("fixed");
    const entry = await hourly();
    expect(entry).to.deep.include({ level: "info", problems: [], errors: [] });
    expect(entry.regions).to.include.members([stage.stack.region, "us-east-1"]);
    expect(entry.logFiles).to.be.at.least(1);
    const result = await verified(stage.root);
    expect(isVerified(result), linesOf(result).join("\n")).to.equal(true);
  });

  it("has a log file processed of which the function was never notified", async () => {
    const { logTopicArn } = stage.stack.outputs;
    const { Subscriptions } = await stage.call(stage.root, "sns", "ListSubscriptionsByTopic", {
      TopicArn: logTopicArn,
    });
    const [subscription] = Subscriptions as { SubscriptionArn: string; Endpoint: string }[];
    const { SubscriptionArn, Endpoint } = subscription as { SubscriptionArn: string; Endpoint: string };
    await stage.call(stage.root, "sns", "Unsubscribe", { SubscriptionArn });
    await grant("digests-unseen");
    const entry = await hourly();
    expect(entry.processed).to.be.at.least(1);
    expect((await told("digests-unseen")).outcome).to.equal("fixed");
    await stage.call(stage.root, "sns", "Subscribe", { TopicArn: logTopicArn, Protocol: "lambda", Endpoint });
  });

  it("reports a log file that was changed after it was read, and so does cloudtrailer verify", async () => {
    const before = await logFiles("us-east-1");
    await grant("digests-altered");
    await told("digests-altered");
    const [key = ""] = (await logFiles("us-east-1")).filter((one) => !before.includes(one));
    // Whoever may change the bucket's policy may change its objects.
    const { Policy } = await s3("GetBucketPolicy", {});
    await s3("DeleteBucketPolicy", {});
    await s3("PutObject", { Key: key, Body: gzipSync(JSON.stringify({ Records: [] })) });
    await s3("PutBucketPolicy", { Policy });

    const entry = await hourly();
    const altered = (entry.problems as DigestProblem[]).filter(({ kind }) => kind === "log-file-altered");
    expect(altered.map((problem) => problem.key)).to.deep.equal([key]);
    const alert = await stage.nextAlert("of digests", (one) => fieldsOf(one).summary === "digests");
    expect(alert).to.deep.include({ severity: "critical" });
    expect(JSON.stringify(alert)).to.include(key);
    expect((await hourly()).problems).to.deep.equal([]);

    const result = await verified(stage.root);
    expect(isVerified(result)).to.equal(false);
    expect(linesOf(result)).to.include(key);
  });
});
