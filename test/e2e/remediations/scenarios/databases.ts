import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const rds = (operation: string, input: Record<string, unknown>): Step => ({
  service: "rds",
  operation,
  input,
});

async function makeDatabase(owner: Owner, DBInstanceIdentifier: string): Promise<string> {
  await owner(
    rds("CreateDBInstance", {
      DBInstanceIdentifier,
      DBInstanceClass: "db.t3.micro",
      Engine: "mysql",
      MasterUsername: "admin",
      MasterUserPassword: "Correct-horse-7",
      AllocatedStorage: 20,
      PubliclyAccessible: false,
      DeletionProtection: true,
    }),
  );
  return DBInstanceIdentifier;
}

const databaseState = (DBInstanceIdentifier: string): Step[] => [
  rds("DescribeDBInstances", { DBInstanceIdentifier }),
];

const databasePublic: Scenario<string> = {
  id: "rds-instance-public",
  make: makeDatabase,
  attack: (DBInstanceIdentifier) =>
    rds("ModifyDBInstance", { DBInstanceIdentifier, PubliclyAccessible: true }),
  state: databaseState,
};

const deletionProtection: Scenario<string> = {
  id: "rds-deletion-protection-disabled",
  make: makeDatabase,
  attack: (DBInstanceIdentifier) =>
    rds("ModifyDBInstance", { DBInstanceIdentifier, DeletionProtection: false }),
  state: databaseState,
};

const backups: Scenario<{ name: string; arn: string }> = {
  id: "rds-backups-disabled",
  async make(owner, name) {
    await makeDatabase(owner, name);
    const { DBInstance } = (await owner(
      rds("ModifyDBInstance", {
        DBInstanceIdentifier: name,
        BackupRetentionPeriod: 14,
        ApplyImmediately: true,
      }),
    )) as { DBInstance: { DBInstanceArn: string } };
    return { name, arn: DBInstance.DBInstanceArn };
  },
  attack: ({ name }) =>
    rds("ModifyDBInstance", {
      DBInstanceIdentifier: name,
      BackupRetentionPeriod: 0,
      ApplyImmediately: true,
    }),
  state: ({ name }) => databaseState(name),
  baseline: ({ arn }) => ({ kind: baselineKinds.databaseInstance, id: arn }),
};

/** The databases of RDS. */
export const databases = [databasePublic, deletionProtection, backups] as Scenario[];
