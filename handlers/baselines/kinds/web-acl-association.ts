import { callsTo } from "../../aws/call";
import type { BaselineKind } from "../baseline";
import { named, pagesOf, texts } from "../listing";
import { parameter } from "../setting";

/** What a regional web ACL can protect; the API lists one type at a time. Not WAF Classic, which AWS has retired. */
const protectable = [
  "APPLICATION_LOAD_BALANCER",
  "API_GATEWAY",
  "APPSYNC",
  "COGNITO_USER_POOL",
  "APP_RUNNER_SERVICE",
  "VERIFIED_ACCESS_INSTANCE",
  "AMPLIFY",
];

/** Id: the ARN of the protected resource. */
export const webAclAssociation: BaselineKind = {
  type: "AWS::WAFv2::WebACLAssociation",
  service: "wafv2",
  actions: [
    "wafv2:GetWebACLForResource",
    "wafv2:GetWebACL",
    // The protected resource must allow it:
    // https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
    "amplify:GetWebACLForResource",
    "apprunner:DescribeWebAclForService",
    "appsync:GetWebACLForResource",
    "cognito-idp:GetWebACLForResource",
    "ec2:GetVerifiedAccessInstanceWebAcl",
    "elasticloadbalancing:GetLoadBalancerWebACL",
  ],
  read: { GetWebACLForResource: (ResourceArn) => ({ ResourceArn }) },
  absent: ["WAFNonexistentItemException"],
  keep: { GetWebACLForResource: { WebACL: ["ARN"] } },
  list: {
    actions: [
      "wafv2:ListWebACLs",
      "wafv2:ListResourcesForWebACL",
      // The protected resource must allow it:
      // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSWAFReadOnlyAccess.html
      "amplify:ListResourcesForWebACL",
      "apprunner:ListAssociatedServicesForWebAcl",
      "appsync:ListResourcesForWebACL",
      "cognito-idp:ListResourcesForWebACL",
      "ec2:DescribeVerifiedAccessInstanceWebAclAssociations",
      "elasticloadbalancing:DescribeWebACLAssociation",
    ],
    of: "region",
    async *pages(aws, region) {
      const call = callsTo("wafv2", region);
      const input = { Scope: "REGIONAL", Limit: 100 };
      const pages = pagesOf(aws, ["wafv2", region, "ListWebACLs"], input, ["NextMarker", "NextMarker"]);
      for await (const page of pages)
        for (const { id: ARN } of named(page.WebACLs, "ARN"))
          for (const ResourceType of protectable) {
            const { ResourceArns } = await aws(
              call("ListResourcesForWebACL", { WebACLArn: ARN, ResourceType }),
            );
            const answers = { GetWebACLForResource: { WebACL: { ARN } } };
            yield texts(ResourceArns).map((listed) => ({ ...listed, answers }));
          }
    },
  },
  setBy: { "wafv2:AssociateWebACL": parameter("resourceArn") },
};
