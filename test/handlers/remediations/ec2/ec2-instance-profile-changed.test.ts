import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

const InstanceId = "i-0123456789abcdef0";

describe("ec2-instance-profile-changed", () => {
  const AssociationId = "iip-assoc-0123456789abcdef0";
  const Arn = `arn:aws:iam::${account}:instance-profile/team/admin`;
  const attack = (live: unknown, event = "AssociateIamInstanceProfile") =>
    plannedFor(
      "ec2-instance-profile-changed",
      `ec2:${event}`,
      {
        requestParameters: { [`${event}Request`]: { InstanceId, IamInstanceProfile: { Name: "admin" } } },
        responseElements: {
          [`${event}Response`]: {
            iamInstanceProfileAssociation: { associationId: AssociationId, instanceId: InstanceId },
          },
        },
      },
      { aws: { "ec2:DescribeIamInstanceProfileAssociations": live as never } },
    );
  const association = (own: object) => ({
    IamInstanceProfileAssociations: [
      { AssociationId, InstanceId, IamInstanceProfile: { Arn }, State: "associated", ...own },
    ],
  });

  it("takes the profile from the instance, and would give it again", async () => {
    expectPlan(
      await attack(association({})),
      [["DisassociateIamInstanceProfile", { AssociationId }]],
      [["AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Arn } }]],
    );
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack(failing("InvalidAssociationID.NotFound")), "already-ok");
    expectOutcome(await attack(association({ State: "disassociating" })), "already-ok");
    const other = { IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/app` } };
    expectOutcome(await attack(association(other)), "changed-since");
    expectOutcome(await attack({}, "ReplaceIamInstanceProfileAssociation"), "needs-baseline");
  });
});
