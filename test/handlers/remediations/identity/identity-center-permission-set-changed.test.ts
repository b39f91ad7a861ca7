import { expect } from "chai";
import { expectOutcome, expectPlan, rollbackAfter } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("identity-center-permission-set-changed", () => {
  const set = {
    InstanceArn: "arn:aws:sso:::instance/ssoins-1111222233334444",
    PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444",
  };
  const ManagedPolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const attack = (live: unknown, event = "AttachManagedPolicyToPermissionSet") =>
    plannedFor(
      "identity-center-permission-set-changed",
      `sso:${event}`,
      {
        requestParameters: {
          instanceArn: set.InstanceArn,
          permissionSetArn: set.PermissionSetArn,
          managedPolicyArn: ManagedPolicyArn,
        },
      },
      { aws: { "sso-admin:ListManagedPoliciesInPermissionSet": live as never } },
    );
  const provision = ["ProvisionPermissionSet", { ...set, TargetType: "ALL_PROVISIONED_ACCOUNTS" }];

  it("detaches the policy, and provisions the set in its accounts", async () => {
    const plan = await attack({ AttachedManagedPolicies: [{ Arn: ManagedPolicyArn }] });
    const attach = ["AttachManagedPolicyToPermissionSet", { ...set, ManagedPolicyArn }];
    expectPlan(
      plan,
      [["DetachManagedPolicyFromPermissionSet", { ...set, ManagedPolicyArn }], provision],
      [attach, provision],
    );
    expect(rollbackAfter(plan, 1), "the set could not be provisioned").to.deep.equal([attach]);
  });

  it("leaves what is detached, and what is not known as it was", async () => {
    expectOutcome(await attack({ AttachedManagedPolicies: [] }), "already-ok");
    expectOutcome(await attack({}, "PutInlinePolicyToPermissionSet"), "needs-baseline");
  });
});
