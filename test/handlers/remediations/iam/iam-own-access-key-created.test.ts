import { fixIamOwnAccessKeyCreated } from "../../../../handlers/remediations/iam/iam-own-access-key-created";
import { expectPlan, planned } from "../../../support/planning";

describe("iam-own-access-key-created", () => {
  it("deactivates the key", async () => {
    const key = { userName: "bob", accessKeyId: "AKIAEXAMPLEKEY000002" };
    const record = { eventName: "CreateAccessKey", responseElements: { accessKey: key } };
    const input = { UserName: "bob", AccessKeyId: key.accessKeyId };
    const AccessKeyMetadata = [{ AccessKeyId: key.accessKeyId, Status: "Active" }];
    expectPlan(
      await planned(fixIamOwnAccessKeyCreated, record, {
        aws: { "iam:ListAccessKeys": { AccessKeyMetadata } },
      }),
      [["UpdateAccessKey", { ...input, Status: "Inactive" }]],
      [["UpdateAccessKey", { ...input, Status: "Active" }]],
    );
  });
});
