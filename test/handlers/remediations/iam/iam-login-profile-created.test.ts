import { fixIamLoginProfileCreated } from "../../../../handlers/remediations/iam/iam-login-profile-created";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-login-profile-created", () => {
  const record = { eventName: "CreateLoginProfile", requestParameters: { userName: "bob" } };
  const profile = (answer: Answers[string]) => ({ aws: { "iam:GetLoginProfile": answer } });
  const madeAt = (time: string) => profile({ LoginProfile: { UserName: "bob", CreateDate: new Date(time) } });

  it("deletes the password, which nothing restores", async () => {
    expectPlan(
      await planned(fixIamLoginProfileCreated, record, madeAt("2026-05-04T10:00:00Z")),
      [["DeleteLoginProfile", { UserName: "bob" }]],
      [],
    );
  });

  it("is already-ok when there is none, and changed-since when it is a later one", async () => {
    expectOutcome(await planned(fixIamLoginProfileCreated, record, profile(gone)), "already-ok");
    expectOutcome(
      await planned(fixIamLoginProfileCreated, record, madeAt("2026-05-04T11:00:00Z")),
      "changed-since",
    );
  });
});
