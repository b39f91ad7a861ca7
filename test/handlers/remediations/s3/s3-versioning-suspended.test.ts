import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("s3-versioning-suspended", () => {
  const attack = (live: unknown) =>
    plannedFor(
      "s3-versioning-suspended",
      "s3:PutBucketVersioning",
      { requestParameters: { bucketName: "data", VersioningConfiguration: { Status: "Suspended" } } },
      { aws: { "s3:GetBucketVersioning": live as never } },
    );
  const set = (Status: string) => [
    ["PutBucketVersioning", { Bucket: "data", VersioningConfiguration: { Status } }],
  ];

  it("enables it, and would suspend it", async () => {
    expectPlan(await attack({ Status: "Suspended" }), set("Enabled"), set("Suspended"));
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack({ Status: "Enabled" }), "already-ok");
    expectOutcome(await attack(failing("NoSuchBucket")), "already-ok");
    expectOutcome(await attack({ Status: "Suspended", MFADelete: "Enabled" }), "refused");
  });
});
