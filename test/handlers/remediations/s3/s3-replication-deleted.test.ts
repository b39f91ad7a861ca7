import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("s3-replication-deleted", () => {
  const attack = (live: unknown, baseline?: object) =>
    plannedFor(
      "s3-replication-deleted",
      "s3:DeleteBucketReplication",
      { requestParameters: { bucketName: "data" } },
      {
        aws: { "s3:GetBucketReplication": live as never },
        baselines:
          baseline === undefined ? {} : kept(baselineKinds.bucketReplication, region, "data", baseline),
      },
    );
  const none = failing("ReplicationConfigurationNotFoundError");
  const configuration = {
    ReplicationConfiguration: {
      Role: `arn:aws:iam::${account}:role/r`,
      Rules: [{ ID: "own", Status: "Enabled", Destination: { Bucket: "arn:aws:s3:::copy" } }],
    },
  };

  it("replicates the bucket again", async () => {
    expectPlan(
      await attack(none, { GetBucketReplication: configuration }),
      [["PutBucketReplication", { Bucket: "data", ...configuration }]],
      [["DeleteBucketReplication", { Bucket: "data" }]],
    );
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack(none), "needs-baseline");
    expectOutcome(await attack(none, {}), "already-ok");
    expectOutcome(await attack(configuration, { GetBucketReplication: configuration }), "already-ok");
  });
});
