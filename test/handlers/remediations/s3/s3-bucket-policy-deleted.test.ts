import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("s3-bucket-policy-deleted", () => {
  const policy = (Principal: object) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }],
    });
  const attack = (live: unknown, baseline?: object) =>
    plannedFor(
      "s3-bucket-policy-deleted",
      "s3:DeleteBucketPolicy",
      { requestParameters: { bucketName: "data" } },
      {
        aws: { "s3:GetBucketPolicy": live as never },
        baselines: baseline === undefined ? {} : kept(baselineKinds.bucketPolicy, region, "data", baseline),
      },
    );
  const none = failing("NoSuchBucketPolicy");
  const own = policy({ AWS: `arn:aws:iam::${account}:role/app` });

  it("puts the policy back", async () => {
    expectPlan(
      await attack(none, { GetBucketPolicy: { Policy: own } }),
      [["PutBucketPolicy", { Bucket: "data", Policy: own }]],
      [["DeleteBucketPolicy", { Bucket: "data" }]],
    );
  });

  it("opens nothing again", async () => {
    for (const AWS of ["*", `arn:aws:iam::${stranger}:root`])
      expectOutcome(await attack(none, { GetBucketPolicy: { Policy: policy({ AWS }) } }), "refused");
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack(none), "needs-baseline");
    expectOutcome(await attack(none, {}), "already-ok");
    expectOutcome(await attack({ Policy: own }, { GetBucketPolicy: { Policy: own } }), "already-ok");
  });
});
