import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("rds-snapshot-shared", () => {
  for (const [kind, parameter, gone] of [
    ["DBSnapshot", "dBSnapshotIdentifier", "DBSnapshotNotFoundFault"],
    ["DBClusterSnapshot", "dBClusterSnapshotIdentifier", "DBClusterSnapshotNotFoundFault"],
  ] as const)
    describe(`of a ${kind}`, () => {
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

      it("removes the stranger who was added, and nobody else", async () => {
        const live = shared("777788889999", stranger, "000000000001");
        expectPlan(
          await attack(["777788889999", stranger], live),
          modify("ValuesToRemove", stranger),
          modify("ValuesToAdd", stranger),
        );
      });

      it("removes everyone", async () => {
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
});
