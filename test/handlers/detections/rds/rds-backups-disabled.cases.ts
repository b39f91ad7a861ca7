import { call, type Cases } from "../support/cases";

const instance = { dBInstanceIdentifier: "orders" };

export const cases: Cases = {
  hits: [
    {
      name: "an instance, at once",
      record: call("rds:ModifyDBInstance", {
        ...instance,
        backupRetentionPeriod: 0,
        applyImmediately: true,
      }),
      evidence: "requestParameters.backupRetentionPeriod",
      resources: ["orders"],
    },
    {
      name: "an instance, in its maintenance window",
      record: call("rds:ModifyDBInstance", {
        ...instance,
        backupRetentionPeriod: 0,
        applyImmediately: false,
      }),
    },
    {
      name: "parameters omitted",
      record: call("rds:ModifyDBInstance", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "a shorter retention",
      record: call("rds:ModifyDBInstance", { ...instance, backupRetentionPeriod: 1 }),
    },
    {
      name: "something else of one without backups",
      record: call(
        "rds:ModifyDBInstance",
        { ...instance, allocatedStorage: 200 },
        { responseElements: { ...instance, backupRetentionPeriod: 0 } },
      ),
    },
  ],
};
