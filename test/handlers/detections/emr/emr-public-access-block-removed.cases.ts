import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "off",
      record: call("elasticmapreduce:PutBlockPublicAccessConfiguration", {
        blockPublicAccessConfiguration: { blockPublicSecurityGroupRules: false },
      }),
      evidence: "requestParameters.blockPublicAccessConfiguration.blockPublicSecurityGroupRules",
    },
    {
      name: "on, but every port is let through",
      record: call("elasticmapreduce:PutBlockPublicAccessConfiguration", {
        blockPublicAccessConfiguration: {
          blockPublicSecurityGroupRules: true,
          permittedPublicSecurityGroupRuleRanges: [{ minRange: 0, maxRange: 65535 }],
        },
      }),
      evidence: "requestParameters.blockPublicAccessConfiguration.permittedPublicSecurityGroupRuleRanges",
    },
  ],
  quiet: [
    {
      name: "on, as every account begins",
      record: call("elasticmapreduce:PutBlockPublicAccessConfiguration", {
        blockPublicAccessConfiguration: {
          blockPublicSecurityGroupRules: true,
          permittedPublicSecurityGroupRuleRanges: [{ minRange: 22, maxRange: 22 }],
        },
      }),
    },
    {
      name: "on",
      record: call("elasticmapreduce:PutBlockPublicAccessConfiguration", {
        blockPublicAccessConfiguration: { blockPublicSecurityGroupRules: true },
      }),
    },
  ],
};
