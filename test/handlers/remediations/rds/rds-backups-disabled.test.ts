import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("rds-backups-disabled", () => {
  const DBInstanceArn = `arn:aws:rds:${region}:${account}:db:orders`;
  const attack = (live: Record<string, unknown> | (() => never), before?: number) =>
    plannedFor(
      "rds-backups-disabled",
      "rds:ModifyDBInstance",
      { requestParameters: { dBInstanceIdentifier: "orders", backupRetentionPeriod: 0 } },
      {
        aws: {
          "rds:DescribeDBInstances":
            typeof live === "function" ? live : { DBInstances: [{ DBInstanceArn, ...live }] },
        },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.databaseInstance, region, DBInstanceArn, {
                DescribeDBInstances: { DBInstances: [{ DBInstanceArn, BackupRetentionPeriod: before }] },
              }),
      },
    );
  const modify = (BackupRetentionPeriod: number, ApplyImmediately = true) => [
    ["ModifyDBInstance", { DBInstanceIdentifier: "orders", BackupRetentionPeriod, ApplyImmediately }],
  ];

  it("sets the retention period back to that of the baseline", async () => {
    const live = { BackupRetentionPeriod: 0, PendingModifiedValues: {} };
    expectPlan(await attack(live, 14), modify(14), modify(0));
  });

  it("needs no baseline while the change is pending", async () => {
    const live = { BackupRetentionPeriod: 7, PendingModifiedValues: { BackupRetentionPeriod: 0 } };
    expectPlan(await attack(live), modify(7), modify(0));
  });

  it("brings no other modification forward", async () => {
    const live = { BackupRetentionPeriod: 0, PendingModifiedValues: { EngineVersion: "17.2" } };
    expectPlan(await attack(live, 14), modify(14, false), modify(0, false));
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack({ BackupRetentionPeriod: 3 }, 14), "already-ok");
    expectOutcome(await attack({ BackupRetentionPeriod: 0 }, 0), "already-ok");
    expectOutcome(await attack({ BackupRetentionPeriod: 0 }), "needs-baseline");
    expectOutcome(await attack(failing("DBInstanceNotFoundFault")), "already-ok");
  });
});
