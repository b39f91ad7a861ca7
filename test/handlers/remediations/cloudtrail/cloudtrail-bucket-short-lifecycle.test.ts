import { expect } from "chai";
import { fixCloudtrailBucketShortLifecycle } from "../../../../handlers/remediations/cloudtrail/cloudtrail-bucket-short-lifecycle";
import type { Answers } from "../../../support/factories";
import { callsOf, expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import type { Plan } from "../../../../handlers/remediations/remediation";

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

  it("removes the short rule and leaves its neighbor", async () => {
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

  it("otherwise says why not", async () => {
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

describe("remediate cloudtrail-bucket-short-lifecycle, of a bucket that is known", () => {
  const Bucket = "acme-cloudtrail";
  const rule = (ID: string, Days: number) => ({
    ID,
    Status: "Enabled",
    Filter: { Prefix: "" },
    Expiration: { Days },
  });
  const [keep, soon] = [rule("keep", 400), rule("soon", 1)];
  const attack = (written: object[], live: unknown, before?: object[]) =>
    plannedFor(
      "cloudtrail-bucket-short-lifecycle",
      "s3:PutBucketLifecycle",
      { requestParameters: { bucketName: Bucket, LifecycleConfiguration: { Rule: written } } },
      {
        aws: { "s3:GetBucketLifecycleConfiguration": live as never },
        baselines:
          before === undefined
            ? {}
            : kept(
                baselineKinds.bucketLifecycle,
                region,
                Bucket,
                before.length === 0 ? {} : { GetBucketLifecycleConfiguration: { Rules: before } },
              ),
      },
    );
  const put = (...Rules: object[]) => [
    "PutBucketLifecycleConfiguration",
    { Bucket, LifecycleConfiguration: { Rules } },
  ];

  it("puts back the rules that the event overwrote", async () => {
    expectPlan(await attack([soon], { Rules: [soon] }, [keep]), [put(keep)], [put(soon)]);
    const short = rule("keep", 1);
    expectPlan(await attack([short], { Rules: [short] }, [keep]), [put(keep)], [put(short)]);
  });

  it("leaves no lifecycle where there was none", async () => {
    const plan = await attack([soon], { Rules: [soon] }, []);
    expectPlan(plan, [["DeleteBucketLifecycle", { Bucket }]], [put(soon)]);
  });

  it("keeps what somebody added since, and brings the overwritten rules back beside it", async () => {
    const later = rule("later", 500);
    expectPlan(
      await attack([soon], { Rules: [soon, later] }, [keep]),
      [put(later, keep)],
      [put(soon, later)],
    );
  });

  it("says that no baseline shows what was overwritten", async () => {
    const plan = await attack([soon], { Rules: [soon] });
    expect((plan as Plan).leaves).to.match(/no baseline shows which rules .* overwrote/);
  });

  it("is already-ok only when all is as it was", async () => {
    expectOutcome(await attack([soon], { Rules: [keep] }, [keep]), "already-ok");
    expectOutcome(await attack([soon], { Rules: [soon] }, [soon]), "already-ok");
    expectOutcome(await attack([soon], failing("NoSuchLifecycleConfiguration"), [keep]), "changed-since");
    expectOutcome(await attack([soon], { Rules: [rule("new", 500)] }, [keep]), "changed-since");
  });
});
