import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("eks-cluster-admin-granted", () => {
  const principalArn = `arn:aws:iam::${account}:role/dev`;
  const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  const accessScope = { type: "cluster", namespaces: [] };
  const attack = (own: object, live: unknown) =>
    plannedFor(
      "eks-cluster-admin-granted",
      "eks:AssociateAccessPolicy",
      {
        requestParameters: {
          name: "prod",
          principalArn,
          policyArn,
          accessScope: { type: "cluster" },
          ...own,
        },
      },
      { aws: { "eks:ListAssociatedAccessPolicies": live as never } },
    );
  const entry = { clusterName: "prod", principalArn, policyArn };
  const policies = (...associatedAccessPolicies: object[]) => ({ associatedAccessPolicies });

  it("takes that policy away, and would give it again", async () => {
    const view = { policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", accessScope };
    for (const arn of [principalArn, encodeURIComponent(principalArn)])
      expectPlan(
        await attack({ principalArn: arn }, policies(view, { policyArn, accessScope })),
        [["DisassociateAccessPolicy", entry]],
        [["AssociateAccessPolicy", { ...entry, accessScope }]],
      );
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack({}, policies()), "already-ok");
    expectOutcome(await attack({}, failing("ResourceNotFoundException")), "already-ok");
    const narrowed = { policyArn, accessScope: { type: "namespace", namespaces: ["dev"] } };
    expectOutcome(await attack({}, policies(narrowed)), "changed-since");
  });
});
