import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("rds-instance-public", () => {
  const attack = (event: string, own: object, live: unknown) =>
    plannedFor("rds-instance-public", `rds:${event}`, own, {
      aws: { "rds:DescribeDBInstances": live as never },
    });
  const instance = (PubliclyAccessible: boolean) => ({
    DBInstances: [{ DBInstanceIdentifier: "orders", PubliclyAccessible }],
  });
  const modify = (PubliclyAccessible: boolean) => [
    ["ModifyDBInstance", { DBInstanceIdentifier: "orders", PubliclyAccessible }],
  ];
  const request = { requestParameters: { dBInstanceIdentifier: "orders", publiclyAccessible: true } };

  it("takes the public address, and brings no pending modification forward", async () => {
    expectPlan(await attack("ModifyDBInstance", request, instance(true)), modify(false), modify(true));
  });

  it("follows the database to the name that the same call gave it", async () => {
    const renamed = {
      requestParameters: { ...request.requestParameters, newDBInstanceIdentifier: "innocent" },
    };
    const live = ({ DBInstanceIdentifier }: Record<string, unknown>) =>
      DBInstanceIdentifier === "innocent"
        ? { DBInstances: [{ DBInstanceIdentifier, PubliclyAccessible: true }] }
        : failing("DBInstanceNotFoundFault")();
    const set = (PubliclyAccessible: boolean) => [
      ["ModifyDBInstance", { DBInstanceIdentifier: "innocent", PubliclyAccessible }],
    ];
    expectPlan(await attack("ModifyDBInstance", renamed, live), set(false), set(true));
  });

  it("names the restored database, not its source", async () => {
    const restored = {
      requestParameters: {
        sourceDBInstanceIdentifier: "source",
        targetDBInstanceIdentifier: "orders",
        publiclyAccessible: true,
      },
      responseElements: { dBInstanceIdentifier: "orders", publiclyAccessible: true },
    };
    expectPlan(
      await attack("RestoreDBInstanceToPointInTime", restored, instance(true)),
      modify(false),
      modify(true),
    );
  });

  it("is already-ok when it is private or gone, and refuses a cluster", async () => {
    expectOutcome(await attack("ModifyDBInstance", request, instance(false)), "already-ok");
    expectOutcome(
      await attack("ModifyDBInstance", request, failing("DBInstanceNotFoundFault")),
      "already-ok",
    );
    const cluster = { requestParameters: { dBClusterIdentifier: "orders", publiclyAccessible: true } };
    expectOutcome(await attack("CreateDBCluster", cluster, {}), "refused");
  });
});
