import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("emr-public-access-block-removed", () => {
  const ranges = [{ MinRange: 22, MaxRange: 22 }];
  const attack = (BlockPublicSecurityGroupRules: boolean) =>
    plannedFor(
      "emr-public-access-block-removed",
      "elasticmapreduce:PutBlockPublicAccessConfiguration",
      { requestParameters: { blockPublicAccessConfiguration: { blockPublicSecurityGroupRules: false } } },
      {
        aws: {
          "emr:GetBlockPublicAccessConfiguration": {
            BlockPublicAccessConfiguration: {
              BlockPublicSecurityGroupRules,
              PermittedPublicSecurityGroupRuleRanges: ranges,
            },
          },
        },
      },
    );
  const put = (BlockPublicSecurityGroupRules: boolean) => [
    "PutBlockPublicAccessConfiguration",
    {
      BlockPublicAccessConfiguration: {
        BlockPublicSecurityGroupRules,
        PermittedPublicSecurityGroupRuleRanges: ranges,
      },
    },
  ];

  it("blocks public clusters again, and lets the same ports through", async () => {
    expectPlan(await attack(false), [put(true)], [put(false)]);
  });

  it("is already-ok when they are blocked", async () => {
    expectOutcome(await attack(true), "already-ok");
  });
});
