import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";
import { all, none, open, own, policyOf, textOf } from "./support";

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

  it("is already-ok when the policy is gone, closed, or ignored", async () => {
    expectOutcome(await attack(failing("NoSuchBucketPolicy"), missing), "already-ok");
    expectOutcome(await attack({ Policy: textOf(own) }, missing), "already-ok");
    const ignored = { PublicAccessBlockConfiguration: all };
    expectOutcome(await attack({ Policy: textOf(own, open) }, ignored), "already-ok");
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
