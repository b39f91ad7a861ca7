import { fixIamOwnLoginProfileCreated } from "../../../../handlers/remediations/iam/iam-own-login-profile-created";
import { expectPlan, planned } from "../../../support/planning";

describe("iam-own-login-profile-created", () => {
  it("deletes the password, which nothing restores", async () => {
    const LoginProfile = { UserName: "bob", CreateDate: new Date("2026-05-04T10:00:00Z") };
    expectPlan(
      await planned(
        fixIamOwnLoginProfileCreated,
        { eventName: "CreateLoginProfile", requestParameters: { userName: "bob" } },
        { aws: { "iam:GetLoginProfile": { LoginProfile } } },
      ),
      [["DeleteLoginProfile", { UserName: "bob" }]],
      [],
    );
  });
});
