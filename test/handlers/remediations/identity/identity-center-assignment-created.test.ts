import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("identity-center-assignment-created", () => {
  const InstanceArn = "arn:aws:sso:::instance/ssoins-1111222233334444";
  const PermissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444";
  const PrincipalId = "11112222-3333-4444-5555-666677778888";
  const attack = (answer: unknown) =>
    plannedFor(
      "identity-center-assignment-created",
      "sso:CreateAccountAssignment",
      {
        requestParameters: {
          instanceArn: InstanceArn,
          targetId: stranger,
          targetType: "AWS_ACCOUNT",
          permissionSetArn: PermissionSetArn,
          principalType: "USER",
          principalId: PrincipalId,
        },
      },
      { aws: { "sso-admin:ListAccountAssignments": answer as never } },
    );
  const assignment = {
    InstanceArn,
    TargetId: stranger,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn,
    PrincipalType: "USER",
    PrincipalId,
  };

  it("deletes the assignment, on whichever page it is", async () => {
    expectPlan(
      await attack(({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { AccountAssignments: [{ PrincipalId, PrincipalType: "GROUP" }], NextToken: "more" }
          : { AccountAssignments: [{ PrincipalId, PrincipalType: "USER" }] },
      ),
      [["DeleteAccountAssignment", assignment]],
      [["CreateAccountAssignment", assignment]],
    );
  });

  it("is already-ok when it is gone", async () => {
    expectOutcome(await attack({ AccountAssignments: [] }), "already-ok");
  });
});
