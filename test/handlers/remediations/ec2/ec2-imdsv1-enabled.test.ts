import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";
import { InstanceId, instances } from "./support";

describe("ec2-imdsv1-enabled", () => {
  const attack = (own: object, HttpTokens: string, state = "running") =>
    plannedFor(
      "ec2-imdsv1-enabled",
      "ec2:ModifyInstanceMetadataOptions",
      { requestParameters: { ModifyInstanceMetadataOptionsRequest: { InstanceId, ...own } } },
      { aws: instances({ [InstanceId]: state }, { MetadataOptions: { HttpTokens } }) },
    );
  const modify = (HttpTokens: string) => [["ModifyInstanceMetadataOptions", { InstanceId, HttpTokens }]];

  it("requires tokens, and leaves the other options", async () => {
    const plan = await attack({ HttpTokens: "optional", HttpPutResponseHopLimit: 64 }, "optional");
    expectPlan(plan, modify("required"), modify("optional"));
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack({ HttpTokens: "optional" }, "required"), "already-ok");
    expectOutcome(await attack({ HttpTokens: "optional" }, "optional", "terminated"), "already-ok");
    expectOutcome(await attack({ HttpPutResponseHopLimit: 64 }, "required"), "needs-baseline");
  });

  it("does the same to the defaults of the account", async () => {
    const defaults = (HttpTokens: string) => [["ModifyInstanceMetadataDefaults", { HttpTokens }]];
    const attackDefaults = (HttpTokens: string) =>
      plannedFor(
        "ec2-imdsv1-enabled",
        "ec2:ModifyInstanceMetadataDefaults",
        { requestParameters: { ModifyInstanceMetadataDefaultsRequest: { HttpTokens: "optional" } } },
        { aws: { "ec2:GetInstanceMetadataDefaults": { AccountLevel: { HttpTokens } } } },
      );
    expectPlan(await attackDefaults("optional"), defaults("required"), defaults("optional"));
    expectOutcome(await attackDefaults("required"), "already-ok");
  });
});
