import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("rds-activity-stream-stopped", () => {
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
