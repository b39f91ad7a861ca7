import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";
import { none, open, own, policyOf, textOf } from "./support";
import type { Plan } from "../../../../handlers/remediations/remediation";

describe("s3-bucket-policy-public", () => {
  const attack = (policy: unknown, block: unknown) =>
    plannedFor(
      "s3-bucket-policy-public",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(own, open), policy: [""] } },
      {
        aws: {
          "s3:GetBucketPolicy": policy as never,
          "s3:GetPublicAccessBlock": block as never,
        },
      },
    );
  const missing = failing("NoSuchPublicAccessBlockConfiguration");

  it("makes the bucket ignore public policies, and leaves the policy and the flags for ACLs", async () => {
    const before = { ...none, BlockPublicAcls: true };
    const block = { PublicAccessBlockConfiguration: before };
    const put = (flags: object) => [
      "PutPublicAccessBlock",
      { Bucket: "data", PublicAccessBlockConfiguration: flags },
    ];
    expectPlan(
      await attack({ Policy: textOf(own, open) }, block),
      [put({ ...before, BlockPublicPolicy: true, RestrictPublicBuckets: true })],
      [put(before)],
    );
  });

  it("would delete a block that was not there", async () => {
    const plan = await attack({ Policy: textOf(own, open) }, missing);
    expect("rollback" in plan && plan.rollback[0]?.operation).to.equal("DeletePublicAccessBlock");
  });

  it("is already-ok when the policy is gone or closed", async () => {
    expectOutcome(await attack(failing("NoSuchBucketPolicy"), missing), "already-ok");
    expectOutcome(await attack({ Policy: textOf(own) }, missing), "already-ok");
  });

  it("leaves a bucket that is known to have been as public before", async () => {
    const Policy = textOf(own, open);
    const plan = plannedFor(
      "s3-bucket-policy-public",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(own, open) } },
      {
        aws: { "s3:GetBucketPolicy": { Policy }, "s3:GetPublicAccessBlock": missing },
        baselines: kept(baselineKinds.bucketPolicy, region, "data", {
          GetBucketPolicy: { Policy: textOf(open) },
        }),
      },
    );
    expectOutcome(await plan, "already-ok");
  });

  it("leaves a statement that was rewritten since", async () => {
    const narrowed = { ...open, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } };
    expectOutcome(await attack({ Policy: textOf(own, narrowed) }, missing), "changed-since");
  });
});

describe("remediate s3-bucket-policy-public, of a bucket that ignores public policies", () => {
  const statement = (Sid: string, AWS: string) => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::data/*",
  });
  const [own, open] = [statement("own", "arn:aws:iam::111122223333:role/app"), statement("open", "*")];
  const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const text = (...statements: object[]) => JSON.stringify(policy(...statements));
  const attack = (live: unknown, before?: string) =>
    plannedFor(
      "s3-bucket-policy-public",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policy(own, open) } },
      {
        aws: {
          "s3:GetBucketPolicy": live as never,
          "s3:GetPublicAccessBlock": {
            PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
          },
        },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.bucketPolicy, region, "data", { GetBucketPolicy: { Policy: before } }),
      },
    );
  const put = (Policy: string) => ["PutBucketPolicy", { Bucket: "data", Policy }];

  it("takes the statement out, which stands all the same, and says that it is no containment", async () => {
    const plan = await attack({ Policy: text(own, open) });
    expectPlan(plan, [put(text(own))], [put(text(own, open))]);
    expect((plan as Plan).revertsEvent).to.equal(true);
  });

  it("puts back the policy that the event overwrote", async () => {
    const before = text({ ...own, Action: "s3:*" });
    expectPlan(await attack({ Policy: text(own, open) }, before), [put(before)], [put(text(own, open))]);
  });

  it("is already-ok when the statement is gone", async () => {
    expectOutcome(await attack({ Policy: text(own) }), "already-ok");
    expectOutcome(await attack(failing("NoSuchBucketPolicy")), "already-ok");
  });
});
