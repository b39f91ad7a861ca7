import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: call("lambda:AddLayerVersionPermission20181031", {
        layerName: "tools",
        versionNumber: "3",
        statementId: "all",
        action: "lambda:GetLayerVersion",
        principal: "*",
      }),
      evidence: "requestParameters.principal",
      resources: ["tools"],
    },
    {
      name: "another account",
      record: call("lambda:AddLayerVersionPermission20181031", {
        layerName: "tools",
        versionNumber: 3,
        statementId: "a",
        principal: "444455556666",
      }),
    },
  ],
  quiet: [
    {
      name: "the organization",
      record: call("lambda:AddLayerVersionPermission20181031", {
        layerName: "tools",
        versionNumber: 3,
        statementId: "all",
        principal: "*",
        organizationId: "o-abcdefghij",
      }),
    },
    {
      name: "a trusted account",
      record: call("lambda:AddLayerVersionPermission20181031", {
        layerName: "tools",
        versionNumber: 3,
        statementId: "a",
        principal: "444455556666",
      }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
