import { expect } from "chai";
import { fixCloudtrailBucketShortLifecycle } from "../../../../handlers/remediations/cloudtrail/cloudtrail-bucket-short-lifecycle";
import type { Answers } from "../../../support/factories";
import { callsOf, expectOutcome, expectPlan, failing, planned } from "../../../support/planning";
import { plannedFor } from "../support/attack";

const awsRegion = "eu-west-1";

describe("cloudtrail-bucket-short-lifecycle", () => {
  const record = {
    eventName: "PutBucketLifecycle",
    awsRegion,
    requestParameters: {
      bucketName: "logs",
      LifecycleConfiguration: {
        Rule: [
          { ID: "short", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } },
          { ID: "long", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 400 } },
        ],
      },
    },
  };
  const rule = (ID: string, Days: number) => ({
    ID,
    Status: "Enabled",
    Filter: { Prefix: "" },
    Expiration: { Days },
  });
  const [short] = record.requestParameters.LifecycleConfiguration.Rule;
  const parameter = "requestParameters.LifecycleConfiguration.Rule";
  const live = (answer: Answers[string]) => ({
    aws: { "s3:GetBucketLifecycleConfiguration": answer },
    match: { evidence: [{ parameter, value: short }], resources: [] },
  });
  const put = (...Rules: object[]) => [
    "PutBucketLifecycleConfiguration",
    {
      Bucket: "logs",
      LifecycleConfiguration: { Rules },
      TransitionDefaultMinimumObjectSize: "varies_by_storage_class",
    },
  ];
  const answer = (...Rules: object[]) =>
    live({ Rules, TransitionDefaultMinimumObjectSize: "varies_by_storage_class" });

  it("takes the short rule out and leaves its neighbour", async () => {
    expectPlan(
      await planned(fixCloudtrailBucketShortLifecycle, record, answer(rule("short", 1), rule("long", 400))),
      [put(rule("long", 400))],
      [put(rule("short", 1), rule("long", 400))],
    );
  });

  it("deletes a lifecycle that has no other rule", async () => {
    expectPlan(
      await planned(fixCloudtrailBucketShortLifecycle, record, answer(rule("short", 1))),
      [["DeleteBucketLifecycle", { Bucket: "logs" }]],
      [put(rule("short", 1))],
    );
  });

  it("says why not otherwise", async () => {
    const plan = (given: Parameters<typeof planned>[2]) =>
      planned(fixCloudtrailBucketShortLifecycle, record, given);
    expectOutcome(await plan(live(failing("NoSuchLifecycleConfiguration"))), "already-ok");
    expectOutcome(await plan(answer(rule("long", 400))), "already-ok");
    expectOutcome(await plan(answer(rule("short", 2))), "changed-since");
    const dated = { ...rule("old", 400), Expiration: { Date: new Date("2030-01-01T00:00:00Z") } };
    expectOutcome(await plan(answer(rule("short", 1), dated)), "refused");
    const configured = { thresholds: { "cloudtrail-bucket-short-lifecycle": 1 } };
    expectOutcome(await plan({ ...answer(rule("short", 1)), configured }), "refused");
  });

  const about = (Prefix: string, own: object) => ({
    Status: "Enabled",
    Filter: { Prefix },
    Expiration: { Days: 1 },
    ...own,
  });
  /** The whole way, from a bucket that nobody named a log bucket. */
  const attack = (given: object[], ...live: object[]) =>
    plannedFor(
      "cloudtrail-bucket-short-lifecycle",
      "s3:PutBucketLifecycle",
      { requestParameters: { bucketName: "data", LifecycleConfiguration: { Rule: given } } },
      { aws: { "s3:GetBucketLifecycleConfiguration": { Rules: live } } },
    );

  it("leaves the rules of the same call that are not about log files", async () => {
    const [logs, scratch] = [about("AWSLogs/", { ID: "logs" }), about("tmp/", { ID: "scratch" })];
    const plan = await attack([scratch, logs], scratch, logs);
    expect(callsOf(plan).calls).to.deep.equal([
      ["PutBucketLifecycleConfiguration", { Bucket: "data", LifecycleConfiguration: { Rules: [scratch] } }],
    ]);
  });

  it("knows a rule that came without an id by what it is about", async () => {
    const made = about("AWSLogs/", { ID: "made-by-s3" });
    const later = about("tmp/", { ID: "later" });
    const plan = await attack([about("AWSLogs/", {})], later, made);
    expect(callsOf(plan).calls).to.deep.equal([
      ["PutBucketLifecycleConfiguration", { Bucket: "data", LifecycleConfiguration: { Rules: [later] } }],
    ]);
  });
});
