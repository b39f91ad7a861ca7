import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

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

  it("says when nothing has kept what was overwritten", async () => {
    const plan = await attack([soon], { Rules: [soon] });
    expect((plan as Plan).leaves).to.match(/nothing has kept which rules .* overwrote/);
  });

  it("is already-ok only when all is as it was", async () => {
    expectOutcome(await attack([soon], { Rules: [keep] }, [keep]), "already-ok");
    expectOutcome(await attack([soon], { Rules: [soon] }, [soon]), "already-ok");
    expectOutcome(await attack([soon], failing("NoSuchLifecycleConfiguration"), [keep]), "changed-since");
    expectOutcome(await attack([soon], { Rules: [rule("new", 500)] }, [keep]), "changed-since");
  });
});
