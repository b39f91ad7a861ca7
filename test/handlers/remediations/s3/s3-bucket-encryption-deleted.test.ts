import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("s3-bucket-encryption-deleted", () => {
  const encryption = (SSEAlgorithm: string, KMSMasterKeyID?: string) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm, ...(KMSMasterKeyID ? { KMSMasterKeyID } : {}) },
          BucketKeyEnabled: true,
        },
      ],
    },
  });
  const ours = encryption("aws:kms", "arn:aws:kms:eu-west-1:111122223333:key/1");
  const attack = (live: unknown, before?: object) =>
    plannedFor(
      "s3-bucket-encryption-deleted",
      "s3:DeleteBucketEncryption",
      { requestParameters: { bucketName: "data" } },
      {
        aws: { "s3:GetBucketEncryption": live as never },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.bucketEncryption, region, "data", { GetBucketEncryption: before }),
      },
    );

  it("gives the bucket the encryption of its baseline", async () => {
    expectPlan(
      await attack(encryption("AES256"), ours),
      [["PutBucketEncryption", { Bucket: "data", ...ours }]],
      [["DeleteBucketEncryption", { Bucket: "data" }]],
    );
  });

  it("needs a baseline, unless it had S3's own key or has another one since", async () => {
    expectOutcome(await attack(encryption("AES256")), "needs-baseline");
    expectOutcome(await attack(failing("ServerSideEncryptionConfigurationNotFoundError")), "needs-baseline");
    expectOutcome(await attack(encryption("AES256"), encryption("AES256")), "already-ok");
    expectOutcome(await attack(ours), "already-ok");
  });
});
