import { fixIamAccessKeyForOtherUser } from "../../../../handlers/remediations/iam/iam-access-key-for-other-user";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

describe("iam-access-key-for-other-user", () => {
  const record = {
    eventName: "CreateAccessKey",
    requestParameters: { userName: "bob" },
    responseElements: {
      accessKey: { userName: "bob", accessKeyId: "AKIAEXAMPLEBOB000001", status: "Active" },
    },
  };
  const keys = (...AccessKeyMetadata: object[]) => ({ "iam:ListAccessKeys": { AccessKeyMetadata } });
  const input = { UserName: "bob", AccessKeyId: "AKIAEXAMPLEBOB000001" };

  it("deactivates that key and no other", async () => {
    const both = keys(
      { AccessKeyId: "AKIAEXAMPLEBOB000000", Status: "Active" },
      { AccessKeyId: "AKIAEXAMPLEBOB000001", Status: "Active" },
    );
    expectPlan(
      await planned(fixIamAccessKeyForOtherUser, record, { aws: both }),
      [["UpdateAccessKey", { ...input, Status: "Inactive" }]],
      [["UpdateAccessKey", { ...input, Status: "Active" }]],
    );
  });

  it("is already-ok when the key is inactive or gone, or the user is", async () => {
    const inactive = keys({ AccessKeyId: "AKIAEXAMPLEBOB000001", Status: "Inactive" });
    for (const answers of [inactive, keys(), { "iam:ListAccessKeys": failing("NoSuchEntityException") }])
      expectOutcome(await planned(fixIamAccessKeyForOtherUser, record, { aws: answers }), "already-ok");
  });
});
