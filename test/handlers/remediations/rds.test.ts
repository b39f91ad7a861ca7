import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { account } from "../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../support/planning";
import { plannedFor, region, stranger } from "./support/attack";

for (const [kind, parameter, gone] of [
  ["DBSnapshot", "dBSnapshotIdentifier", "DBSnapshotNotFoundFault"],
  ["DBClusterSnapshot", "dBClusterSnapshotIdentifier", "DBClusterSnapshotNotFoundFault"],
] as const)
  describe(`remediate rds-snapshot-shared, of a ${kind}`, () => {
    const attack = (valuesToAdd: string[], live: unknown) =>
      plannedFor(
        "rds-snapshot-shared",
        `rds:Modify${kind}Attribute`,
        { requestParameters: { [parameter]: "nightly", attributeName: "restore", valuesToAdd } },
        {
          configured: { trustedAccounts: ["777788889999"] },
          aws: { [`rds:Describe${kind}Attributes`]: live as never },
        },
      );
    const shared = (...AttributeValues: string[]) => ({
      [`${kind}AttributesResult`]: {
        [`${kind}Attributes`]: [
          { AttributeName: "copy", AttributeValues: [stranger] },
          { AttributeName: "restore", AttributeValues },
        ],
      },
    });
    const modify = (list: string, ...values: string[]) => [
      [
        `Modify${kind}Attribute`,
        { [`${kind}Identifier`]: "nightly", AttributeName: "restore", [list]: values },
      ],
    ];

    it("takes the stranger off who was added, and nobody else", async () => {
      const live = shared("777788889999", stranger, "000000000001");
      expectPlan(
        await attack(["777788889999", stranger], live),
        modify("ValuesToRemove", stranger),
        modify("ValuesToAdd", stranger),
      );
    });

    it("takes everyone off", async () => {
      expectPlan(
        await attack(["all"], shared("all")),
        modify("ValuesToRemove", "all"),
        modify("ValuesToAdd", "all"),
      );
    });

    it("is already-ok when it is not shared any more, or gone", async () => {
      expectOutcome(await attack([stranger], shared("000000000001")), "already-ok");
      expectOutcome(await attack([stranger], failing(gone)), "already-ok");
    });
  });

describe("remediate rds-instance-public", () => {
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

for (const [kind, parameter] of [
  ["DBInstance", "dBInstanceIdentifier"],
  ["DBCluster", "dBClusterIdentifier"],
] as const)
  describe(`remediate rds-deletion-protection-disabled, of a ${kind}`, () => {
    const attack = (live: unknown) =>
      plannedFor(
        "rds-deletion-protection-disabled",
        `rds:Modify${kind}`,
        { requestParameters: { [parameter]: "orders", deletionProtection: false } },
        { aws: { [`rds:Describe${kind}s`]: live as never } },
      );
    const modify = (DeletionProtection: boolean) => [
      [`Modify${kind}`, { [`${kind}Identifier`]: "orders", DeletionProtection }],
    ];

    it("protects it, and would not", async () => {
      expectPlan(
        await attack({ [`${kind}s`]: [{ DeletionProtection: false }] }),
        modify(true),
        modify(false),
      );
    });

    it("follows it to the name that the same call gave it", async () => {
      const renamed = {
        [parameter]: "orders",
        [`new${kind}Identifier`]: "innocent",
        deletionProtection: false,
      };
      const live = (input: Record<string, unknown>) =>
        input[`${kind}Identifier`] === "innocent"
          ? { [`${kind}s`]: [{ DeletionProtection: false }] }
          : failing(`${kind}NotFoundFault`)();
      const set = (DeletionProtection: boolean) => [
        [`Modify${kind}`, { [`${kind}Identifier`]: "innocent", DeletionProtection }],
      ];
      expectPlan(
        await plannedFor(
          "rds-deletion-protection-disabled",
          `rds:Modify${kind}`,
          { requestParameters: renamed },
          { aws: { [`rds:Describe${kind}s`]: live } },
        ),
        set(true),
        set(false),
      );
    });

    it("is already-ok when it is protected or gone", async () => {
      expectOutcome(await attack({ [`${kind}s`]: [{ DeletionProtection: true }] }), "already-ok");
      expectOutcome(await attack(failing(`${kind}NotFoundFault`)), "already-ok");
    });
  });

describe("remediate rds-backups-disabled", () => {
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

  it("says what it finds instead", async () => {
    expectOutcome(await attack({ BackupRetentionPeriod: 3 }, 14), "already-ok");
    expectOutcome(await attack({ BackupRetentionPeriod: 0 }, 0), "already-ok");
    expectOutcome(await attack({ BackupRetentionPeriod: 0 }), "needs-baseline");
    expectOutcome(await attack(failing("DBInstanceNotFoundFault")), "already-ok");
  });
});

describe("remediate rds-snapshot-exported", () => {
  const task = {
    SourceArn: `arn:aws:rds:${region}:${account}:snapshot:nightly`,
    S3Bucket: "loot",
    S3Prefix: "",
    IamRoleArn: `arn:aws:iam::${account}:role/export`,
    KmsKeyId: `arn:aws:kms:${region}:${account}:key/1`,
    ExportOnly: [],
  };
  const attack = (live: unknown) =>
    plannedFor(
      "rds-snapshot-exported",
      "rds:StartExportTask",
      { requestParameters: { exportTaskIdentifier: "out", sourceArn: task.SourceArn, s3BucketName: "loot" } },
      { aws: { "rds:DescribeExportTasks": live as never } },
    );
  const tasks = (Status: string) => ({ ExportTasks: [{ ...task, ExportTaskIdentifier: "out", Status }] });

  for (const status of ["STARTING", "IN_PROGRESS"])
    it(`cancels it while it is ${status}, and would start it under another name`, async () => {
      const { SourceArn, S3Bucket: S3BucketName, IamRoleArn, KmsKeyId } = task;
      expectPlan(
        await attack(tasks(status)),
        [["CancelExportTask", { ExportTaskIdentifier: "out" }]],
        [
          [
            "StartExportTask",
            { ExportTaskIdentifier: "out-again", SourceArn, S3BucketName, IamRoleArn, KmsKeyId },
          ],
        ],
      );
    });

  it("says what it finds instead", async () => {
    expectOutcome(await attack(tasks("COMPLETE")), "refused");
    expectOutcome(await attack(tasks("CANCELED")), "already-ok");
    expectOutcome(await attack(failing("ExportTaskNotFoundFault")), "already-ok");
  });
});

describe("remediate rds-activity-stream-stopped", () => {
  const ResourceArn = `arn:aws:rds:${region}:${account}:cluster:orders`;
  const KmsKeyId = `arn:aws:kms:${region}:${account}:key/1`;
  const attack = (resourceArn: string, live: unknown, before?: object) =>
    plannedFor(
      "rds-activity-stream-stopped",
      "rds:StopActivityStream",
      { requestParameters: { resourceArn } },
      {
        aws: { "rds:DescribeDBClusters": live as never, "rds:DescribeDBInstances": live as never },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.databaseCluster, region, ResourceArn, {
                DescribeDBClusters: { DBClusters: [before] },
              }),
      },
    );
  const stopped = { DBClusters: [{ ActivityStreamStatus: "stopped" }] };

  it("starts it with the key and mode of its baseline", async () => {
    const before = { ActivityStreamMode: "async", ActivityStreamKmsKeyId: KmsKeyId };
    expectPlan(
      await attack(ResourceArn, stopped, before),
      [["StartActivityStream", { ResourceArn, Mode: "async", KmsKeyId, ApplyImmediately: true }]],
      [["StopActivityStream", { ResourceArn, ApplyImmediately: true }]],
    );
  });

  it("needs a baseline, unless it is on or the database is gone", async () => {
    expectOutcome(await attack(ResourceArn, stopped), "needs-baseline");
    const instance = `arn:aws:rds:${region}:${account}:db:orders`;
    expectOutcome(
      await attack(instance, { DBInstances: [{ ActivityStreamStatus: "stopped" }] }),
      "needs-baseline",
    );
    expectOutcome(
      await attack(ResourceArn, { DBClusters: [{ ActivityStreamStatus: "started" }] }),
      "already-ok",
    );
    expectOutcome(await attack(ResourceArn, failing("DBClusterNotFoundFault")), "already-ok");
  });
});
