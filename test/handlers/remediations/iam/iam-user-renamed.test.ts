import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("iam-user-renamed", () => {
  const attack = (live: unknown, requestParameters: object = { userName: "bob", newUserName: "svc" }) =>
    plannedFor(
      "iam-user-renamed",
      "iam:UpdateUser",
      { requestParameters },
      { aws: { "iam:GetUser": live as never } },
    );

  it("gives a user and a group the name back", async () => {
    expectPlan(
      await attack({ User: { UserName: "svc" } }),
      [["UpdateUser", { UserName: "svc", NewUserName: "bob" }]],
      [["UpdateUser", { UserName: "bob", NewUserName: "svc" }]],
    );
    const group = { requestParameters: { groupName: "admins", newGroupName: "readers" } };
    expectPlan(
      await plannedFor("iam-user-renamed", "iam:UpdateGroup", group, {
        aws: { "iam:GetGroup": { Group: {} } },
      }),
      [["UpdateGroup", { GroupName: "readers", NewGroupName: "admins" }]],
      [["UpdateGroup", { GroupName: "admins", NewGroupName: "readers" }]],
    );
  });

  it("leaves what is gone, and a path, which is not known as it was", async () => {
    expectOutcome(await attack(failing("NoSuchEntityException")), "already-ok");
    expectOutcome(await attack({}, { userName: "bob", newPath: "/x/" }), "needs-baseline");
    expectOutcome(await attack({}, { userName: "bob" }), "refused");
  });
});
