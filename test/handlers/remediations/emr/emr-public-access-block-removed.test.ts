import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("emr-public-access-block-removed", () => {
  const ssh = { MinRange: 22, MaxRange: 22 };
  const most = { MinRange: 0, MaxRange: 65_535 };
  type Live = [BlockPublicSecurityGroupRules: boolean, PermittedPublicSecurityGroupRuleRanges: object[]];
  const configuration = ([BlockPublicSecurityGroupRules, PermittedPublicSecurityGroupRuleRanges]: Live) => ({
    BlockPublicAccessConfiguration: { BlockPublicSecurityGroupRules, PermittedPublicSecurityGroupRuleRanges },
  });
  const attack = (...live: Live) =>
    plannedFor(
      "emr-public-access-block-removed",
      "elasticmapreduce:PutBlockPublicAccessConfiguration",
      { requestParameters: { blockPublicAccessConfiguration: { blockPublicSecurityGroupRules: false } } },
      { aws: { "emr:GetBlockPublicAccessConfiguration": configuration(live) } },
    );
  const put = (...live: Live) => ["PutBlockPublicAccessConfiguration", configuration(live)];

  it("blocks public clusters again, and lets the same ports through", async () => {
    expectPlan(await attack(false, [ssh]), [put(true, [ssh])], [put(false, [ssh])]);
  });

  it("lets most ports through no longer", async () => {
    expectPlan(await attack(true, [ssh, most]), [put(true, [ssh])], [put(true, [ssh, most])]);
  });

  it("is already-ok when they are blocked", async () => {
    expectOutcome(await attack(true, [ssh]), "already-ok");
  });
});
