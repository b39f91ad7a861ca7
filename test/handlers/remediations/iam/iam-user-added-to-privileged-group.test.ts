import { expect } from "chai";
import { fixIamUserAddedToPrivilegedGroup } from "../../../../handlers/remediations/iam/iam-user-added-to-privileged-group";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-user-added-to-privileged-group", () => {
  const record = { eventName: "AddUserToGroup", requestParameters: { userName: "bob", groupName: "admins" } };
  const groups = (...names: string[]) => ({
    aws: { "iam:ListGroupsForUser": { Groups: names.map((GroupName) => ({ GroupName })) } },
  });
  const input = { UserName: "bob", GroupName: "admins" };

  it("removes the user from that group", async () => {
    const plan = await planned(fixIamUserAddedToPrivilegedGroup, record, groups("readers", "admins"));
    expectPlan(plan, [["RemoveUserFromGroup", input]], [["AddUserToGroup", input]]);
    expect("summary" in plan && plan.summary).to.match(/does not show whether the user was already in it/);
  });

  it("is already-ok when the user is out, or gone", async () => {
    expectOutcome(await planned(fixIamUserAddedToPrivilegedGroup, record, groups("readers")), "already-ok");
    expectOutcome(
      await planned(fixIamUserAddedToPrivilegedGroup, record, { aws: { "iam:ListGroupsForUser": gone } }),
      "already-ok",
    );
  });
});
