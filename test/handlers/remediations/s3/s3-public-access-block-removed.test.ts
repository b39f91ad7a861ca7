import { fixS3PublicAccessBlockRemoved } from "../../../../handlers/remediations/s3/s3-public-access-block-removed";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";
import { all, none } from "./support";

describe("s3-public-access-block-removed", () => {
  const removed = { eventName: "DeleteBucketPublicAccessBlock", requestParameters: { bucketName: "data" } };
  const put = {
    eventName: "PutBucketPublicAccessBlock",
    requestParameters: {
      bucketName: "data",
      PublicAccessBlockConfiguration: { ...none, IgnorePublicAcls: true },
    },
  };
  const live = (answer: Answers[string]) => ({ "s3:GetPublicAccessBlock": answer });
  const configured = (PublicAccessBlockConfiguration: object) => live({ PublicAccessBlockConfiguration });
  const missing = live(failing("NoSuchPublicAccessBlockConfiguration"));

  it("blocks all again where the block was deleted, and would delete it", async () => {
    expectPlan(
      await planned(fixS3PublicAccessBlockRemoved, removed, { aws: missing }),
      [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: all }]],
      [["DeletePublicAccessBlock", { Bucket: "data" }]],
    );
  });

  it("blocks all again where flags were put to false, and would put what was there", async () => {
    const now = { ...none, IgnorePublicAcls: true };
    expectPlan(
      await planned(fixS3PublicAccessBlockRemoved, put, { aws: configured(now) }),
      [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: all }]],
      [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: now }]],
    );
  });

  it("is already-ok when all is blocked or the bucket is gone", async () => {
    expectOutcome(
      await planned(fixS3PublicAccessBlockRemoved, removed, { aws: configured(all) }),
      "already-ok",
    );
    expectOutcome(
      await planned(fixS3PublicAccessBlockRemoved, put, { aws: live(failing("NoSuchBucket")) }),
      "already-ok",
    );
  });

  it("leaves what somebody set since", async () => {
    const other = configured({ ...none, BlockPublicAcls: true });
    expectOutcome(await planned(fixS3PublicAccessBlockRemoved, removed, { aws: other }), "changed-since");
    expectOutcome(await planned(fixS3PublicAccessBlockRemoved, put, { aws: other }), "changed-since");
    expectOutcome(await planned(fixS3PublicAccessBlockRemoved, put, { aws: missing }), "changed-since");
  });
});
