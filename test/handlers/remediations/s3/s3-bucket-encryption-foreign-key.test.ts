import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("s3-bucket-encryption-foreign-key", () => {
  const theirs = `arn:aws:kms:${region}:${stranger}:key/1`;
  const encryption = (KMSMasterKeyID: string, own: object = {}) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID }, ...own }],
    },
  });
  const ours = encryption(`arn:aws:kms:${region}:${account}:key/1`);
  const attack = (live: object, baseline?: object) =>
    plannedFor(
      "s3-bucket-encryption-foreign-key",
      "s3:PutBucketEncryption",
      {
        requestParameters: {
          bucketName: "data",
          ServerSideEncryptionConfiguration: {
            Rule: {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: theirs },
            },
          },
        },
      },
      {
        aws: { "s3:GetBucketEncryption": live as never },
        baselines:
          baseline === undefined ? {} : kept(baselineKinds.bucketEncryption, region, "data", baseline),
      },
    );
  const put = (configuration: object) => ["PutBucketEncryption", { Bucket: "data", ...configuration }];

  it("lets the bucket encrypt as before", async () => {
    const live = encryption(theirs);
    expectPlan(await attack(live, { GetBucketEncryption: ours }), [put(ours)], [put(live)]);
    expectPlan(await attack(live, {}), [["DeleteBucketEncryption", { Bucket: "data" }]], [put(live)]);
  });

  it("otherwise says what it finds", async () => {
    const live = encryption(theirs);
    expectOutcome(await attack(live), "needs-baseline");
    expectOutcome(await attack(ours, { GetBucketEncryption: ours }), "already-ok");
    expectOutcome(await attack(live, { GetBucketEncryption: live }), "already-ok");
    const before = { GetBucketEncryption: encryption(theirs, { BucketKeyEnabled: true }) };
    expectOutcome(await attack(live, before), "refused");
  });
});
