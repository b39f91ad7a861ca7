import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("lambda-layer-shared", () => {
  const version = { LayerName: "tools", VersionNumber: 3 };
  const attack = (live: unknown, own: object = {}) =>
    plannedFor(
      "lambda-layer-shared",
      "lambda:AddLayerVersionPermission",
      {
        requestParameters: {
          layerName: "tools",
          versionNumber: "3",
          statementId: "all",
          principal: "*",
          action: "lambda:GetLayerVersion",
          ...own,
        },
      },
      { aws: { "lambda:GetLayerVersionPolicy": live as never } },
    );
  const policy = (Sid: string, Principal: unknown) => ({
    Policy: JSON.stringify({
      Statement: [{ Sid, Effect: "Allow", Principal, Action: "lambda:GetLayerVersion" }],
    }),
  });

  it("removes the statement that the event added", async () => {
    expectPlan(
      await attack(policy("all", "*")),
      [["RemoveLayerVersionPermission", { ...version, StatementId: "all" }]],
      [
        [
          "AddLayerVersionPermission",
          { ...version, StatementId: "all", Principal: "*", Action: "lambda:GetLayerVersion" },
        ],
      ],
    );
  });

  it("leaves what is gone or was changed since", async () => {
    expectOutcome(await attack(policy("other", "*")), "already-ok");
    expectOutcome(await attack(failing("ResourceNotFoundException")), "already-ok");
    expectOutcome(await attack(policy("all", { AWS: `arn:aws:iam::${stranger}:root` })), "changed-since");
    expectOutcome(await attack({}, { versionNumber: "latest" }), "refused");
  });
});
