import { describeKind } from "./describe-kind";

const ARN = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1";

describeKind("webAclAssociation", {
  read: {
    id: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/b",
    answers: { "wafv2:GetWebACLForResource": { WebACL: { ARN, Capacity: 1 } } },
    state: { GetWebACLForResource: { WebACL: { ARN } } },
  },
  list: {
    answers: {
      "wafv2:ListWebACLs": { WebACLs: [{ ARN }] },
      "wafv2:ListResourcesForWebACL": ({ ResourceType }) => ({
        ResourceArns:
          ResourceType === "API_GATEWAY" ? ["arn:aws:apigateway:eu-west-1::/restapis/a/stages/b"] : [],
      }),
    },
    found: [{ id: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/b" }],
  },
  setBy: [["wafv2:AssociateWebACL", { requestParameters: { resourceArn: "arn:lb" } }, ["arn:lb"]]],
});
