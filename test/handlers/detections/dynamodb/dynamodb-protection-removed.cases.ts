import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "recovery",
      record: call("dynamodb:UpdateContinuousBackups", {
        tableName: "orders",
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      }),
      evidence: "requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
      resources: ["orders"],
    },
    {
      name: "deletion protection",
      record: call("dynamodb:UpdateTable", { tableName: "orders", deletionProtectionEnabled: false }),
      evidence: "requestParameters.deletionProtectionEnabled",
      resources: ["orders"],
    },
    {
      name: "parameters left out",
      record: call("dynamodb:UpdateTable", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "recovery switched on",
      record: call("dynamodb:UpdateContinuousBackups", {
        tableName: "orders",
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      }),
    },
    {
      name: "another change",
      record: call("dynamodb:UpdateTable", { tableName: "orders", billingMode: "PAY_PER_REQUEST" }),
    },
  ],
};
