import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("vpc-endpoint-service-opened", () => {
  const ServiceId = "vpce-svc-0a1b2c3d4e5f60718";
  const outside = `arn:aws:iam::${stranger}:root`;
  const attack = (live: unknown) =>
    plannedFor(
      "vpc-endpoint-service-opened",
      "ec2:ModifyVpcEndpointServicePermissions",
      {
        requestParameters: {
          ModifyVpcEndpointServicePermissionsRequest: {
            ServiceId,
            AddAllowedPrincipals: [
              { tag: 1, content: "arn:aws:iam::111122223333:root" },
              { tag: 2, content: outside },
            ],
          },
        },
      },
      { aws: { "ec2:DescribeVpcEndpointServicePermissions": live as never } },
    );

  it("removes those whom the event added from outside", async () => {
    expectPlan(
      await attack({
        AllowedPrincipals: [{ Principal: "arn:aws:iam::111122223333:root" }, { Principal: outside }],
      }),
      [["ModifyVpcEndpointServicePermissions", { ServiceId, RemoveAllowedPrincipals: [outside] }]],
      [["ModifyVpcEndpointServicePermissions", { ServiceId, AddAllowedPrincipals: [outside] }]],
    );
  });

  it("is already-ok when they are off, or the service is gone", async () => {
    expectOutcome(await attack({ AllowedPrincipals: [] }), "already-ok");
    expectOutcome(await attack(failing("InvalidVpcEndpointServiceId.NotFound")), "already-ok");
  });
});
