import { describeKind } from "./describe-kind";

describeKind("regionalWebAclAssociation", {
  read: {
    id: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/b",
    answers: { "waf-regional:GetWebACLForResource": { WebACLSummary: { WebACLId: "old", Name: "n" } } },
    state: { GetWebACLForResource: { WebACLSummary: { WebACLId: "old" } } },
  },
  list: {
    answers: {
      "waf-regional:ListWebACLs": { WebACLs: [{ WebACLId: "old" }] },
      "waf-regional:ListResourcesForWebACL": ({ ResourceType }) => ({
        ResourceArns:
          ResourceType === "API_GATEWAY" ? ["arn:aws:apigateway:eu-west-1::/restapis/a/stages/b"] : [],
      }),
    },
    found: [{ id: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/b" }],
  },
  setBy: [["waf-regional:AssociateWebACL", { requestParameters: { resourceArn: "arn:lb" } }, ["arn:lb"]]],
});
