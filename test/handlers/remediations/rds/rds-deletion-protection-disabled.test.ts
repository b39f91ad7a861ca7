import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("rds-deletion-protection-disabled", () => {
  for (const [kind, parameter] of [
    ["DBInstance", "dBInstanceIdentifier"],
    ["DBCluster", "dBClusterIdentifier"],
  ] as const)
    describe(`of a ${kind}`, () => {
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
});
