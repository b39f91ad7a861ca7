import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("remediate iam-instance-profile-changed", () => {
  const profile = { InstanceProfileName: "web", RoleName: "admin" };
  const attack = (live: unknown, event = "AddRoleToInstanceProfile") =>
    plannedFor(
      "iam-instance-profile-changed",
      `iam:${event}`,
      { requestParameters: { instanceProfileName: "web", roleName: "admin" } },
      { aws: { "iam:GetInstanceProfile": live as never } },
    );

  it("takes the role out again", async () => {
    expectPlan(
      await attack({ InstanceProfile: { Roles: [{ RoleName: "admin" }] } }),
      [["RemoveRoleFromInstanceProfile", profile]],
      [["AddRoleToInstanceProfile", profile]],
    );
  });

  it("leaves a profile without the role", async () => {
    expectOutcome(await attack({ InstanceProfile: { Roles: [{ RoleName: "web" }] } }), "already-ok");
    expectOutcome(await attack(failing("NoSuchEntityException")), "already-ok");
    expectOutcome(await attack({}, "CreateInstanceProfile"), "refused");
  });
});
