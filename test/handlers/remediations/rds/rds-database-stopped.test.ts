import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("rds-database-stopped", () => {
  const attack = (kind: "Cluster" | "Instance", live: unknown) =>
    plannedFor(
      "rds-database-stopped",
      `rds:StopDB${kind}`,
      { requestParameters: { [`dB${kind}Identifier`]: "orders" } },
      { aws: { [`rds:DescribeDB${kind}s`]: live as never } },
    );

  it("starts the instance or cluster again", async () => {
    const instance = { DBInstanceIdentifier: "orders" };
    expectPlan(
      await attack("Instance", { DBInstances: [{ DBInstanceStatus: "stopped" }] }),
      [["StartDBInstance", instance]],
      [["StopDBInstance", instance]],
    );
    const cluster = { DBClusterIdentifier: "orders" };
    expectPlan(
      await attack("Cluster", { DBClusters: [{ Status: "stopping" }] }),
      [["StartDBCluster", cluster]],
      [["StopDBCluster", cluster]],
    );
  });

  it("is already-ok when it runs or is gone", async () => {
    expectOutcome(
      await attack("Instance", { DBInstances: [{ DBInstanceStatus: "available" }] }),
      "already-ok",
    );
    expectOutcome(await attack("Cluster", failing("DBClusterNotFoundFault")), "already-ok");
  });
});
