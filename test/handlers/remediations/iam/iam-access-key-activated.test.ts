import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("iam-access-key-activated", () => {
  const key = "AKIAEXAMPLEKEY000002";
  const attack = (keys: unknown, own: object = { userName: "bob" }) =>
    plannedFor(
      "iam-access-key-activated",
      "iam:UpdateAccessKey",
      { requestParameters: { accessKeyId: key, status: "Active", ...own } },
      { aws: { "iam:ListAccessKeys": keys as never } },
    );
  const set = (UserName: string, Status: string) => [
    "UpdateAccessKey",
    { UserName, AccessKeyId: key, Status },
  ];
  const live = (Status: string) => ({ AccessKeyMetadata: [{ AccessKeyId: key, Status }] });

  it("makes the key inactive again", async () => {
    expectPlan(await attack(live("Active")), [set("bob", "Inactive")], [set("bob", "Active")]);
  });

  it("makes the caller's own key inactive, where the call names nobody", async () => {
    expectPlan(await attack(live("Active"), {}), [set("mallory", "Inactive")], [set("mallory", "Active")]);
  });

  it("is already-ok when it is inactive or gone", async () => {
    expectOutcome(await attack(live("Inactive")), "already-ok");
    expectOutcome(await attack(failing("NoSuchEntityException")), "already-ok");
  });
});
