import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("bedrock-model-access-enabled", () => {
  const modelId = "anthropic.claude-v2";
  const attack = (event: string, own: object, live: unknown) =>
    plannedFor(
      "bedrock-model-access-enabled",
      `bedrock:${event}`,
      { requestParameters: { modelId, ...own } },
      { aws: { "bedrock:GetFoundationModelAvailability": live as never } },
    );
  const agreement = (status: string) => ({ modelId, agreementAvailability: { status } });

  it("ends the agreement, and would recreate it", async () => {
    expectPlan(
      await attack("CreateFoundationModelAgreement", { offerToken: "offer" }, agreement("AVAILABLE")),
      [["DeleteFoundationModelAgreement", { modelId }]],
      [["CreateFoundationModelAgreement", { modelId, offerToken: "offer" }]],
    );
  });

  it("otherwise says what it finds", async () => {
    const offer = { offerToken: "offer" };
    const create = "CreateFoundationModelAgreement";
    expectOutcome(await attack(create, offer, agreement("NOT_AVAILABLE")), "already-ok");
    expectOutcome(await attack(create, {}, agreement("AVAILABLE")), "refused");
    expectOutcome(await attack("PutFoundationModelEntitlement", {}, {}), "refused");
  });
});
