import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("redshift-cluster-public", () => {
  const ClusterIdentifier = "warehouse";
  const attack = (live: unknown, event = "redshift:ModifyCluster") =>
    plannedFor(
      "redshift-cluster-public",
      event,
      { requestParameters: { clusterIdentifier: ClusterIdentifier, publiclyAccessible: true } },
      { aws: { "redshift:DescribeClusters": live as never } },
    );
  const set = (PubliclyAccessible: boolean) => ["ModifyCluster", { ClusterIdentifier, PubliclyAccessible }];

  it("makes the cluster private", async () => {
    expectPlan(await attack({ Clusters: [{ PubliclyAccessible: true }] }), [set(false)], [set(true)]);
  });

  it("leaves one that is private or gone, and workgroups to people", async () => {
    expectOutcome(await attack({ Clusters: [{ PubliclyAccessible: false }] }), "already-ok");
    expectOutcome(await attack(failing("ClusterNotFoundFault")), "already-ok");
    expectOutcome(await attack({}, "redshift-serverless:UpdateWorkgroup"), "refused");
  });
});
