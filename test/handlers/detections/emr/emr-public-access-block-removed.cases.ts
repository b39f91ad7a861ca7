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
  ],
  quiet: [
    {
      name: "on",
      record: call("elasticmapreduce:PutBlockPublicAccessConfiguration", {
        blockPublicAccessConfiguration: { blockPublicSecurityGroupRules: true },
      }),
    },
  ],
};
