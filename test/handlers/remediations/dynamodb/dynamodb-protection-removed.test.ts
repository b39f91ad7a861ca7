import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("dynamodb-protection-removed", () => {
  const TableName = "orders";
  const recovery = (status: unknown) =>
    plannedFor(
      "dynamodb-protection-removed",
      "dynamodb:UpdateContinuousBackups",
      {
        requestParameters: {
          tableName: TableName,
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
        },
      },
      { aws: { "dynamodb:DescribeContinuousBackups": status as never } },
    );
  const protection = (answer: unknown) =>
    plannedFor(
      "dynamodb-protection-removed",
      "dynamodb:UpdateTable",
      { requestParameters: { tableName: TableName, deletionProtectionEnabled: false } },
      { aws: { "dynamodb:DescribeTable": answer as never } },
    );
  const statusOf = (PointInTimeRecoveryStatus: string) => ({
    ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus } },
  });

  it("enables recovery again", async () => {
    const set = (PointInTimeRecoveryEnabled: boolean) => [
      "UpdateContinuousBackups",
      { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } },
    ];
    expectPlan(await recovery(statusOf("DISABLED")), [set(true)], [set(false)]);
    expectOutcome(await recovery(statusOf("ENABLED")), "already-ok");
    expectOutcome(await recovery(failing("TableNotFoundException")), "already-ok");
  });

  it("enables deletion protection again", async () => {
    const set = (DeletionProtectionEnabled: boolean) => [
      "UpdateTable",
      { TableName, DeletionProtectionEnabled },
    ];
    expectPlan(await protection({ Table: { DeletionProtectionEnabled: false } }), [set(true)], [set(false)]);
    expectOutcome(await protection({ Table: { DeletionProtectionEnabled: true } }), "already-ok");
    expectOutcome(await protection(failing("ResourceNotFoundException")), "already-ok");
  });
});
