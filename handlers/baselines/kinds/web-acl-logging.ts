import { globalRegionOf } from "../../aws/regions";
import type { BaselineKind } from "../baseline";
import { described, type List, pagesOf } from "../listing";
import { inside } from "../setting";

/** Id: the web ACL's ARN. */
export const webAclLogging: BaselineKind = {
  type: "AWS::WAFv2::LoggingConfiguration",
  service: "wafv2",
  actions: ["wafv2:GetLoggingConfiguration"],
  read: { GetLoggingConfiguration: (ResourceArn) => ({ ResourceArn }) },
  absent: ["WAFNonexistentItemException"],
  keep: { GetLoggingConfiguration: { LoggingConfiguration: "all" } },
  list: {
    actions: ["wafv2:ListLoggingConfigurations"],
    of: "region",
    async *pages(aws, region) {
      // Web ACLs of CloudFront are listed in one region only.
      const scopes =
        region === globalRegionOf("cloudfront", region) ? ["REGIONAL", "CLOUDFRONT"] : ["REGIONAL"];
      for (const Scope of scopes) {
        const list: List = ["wafv2", region, "ListLoggingConfigurations"];
        const input = { Scope, Limit: 100 };
        for await (const page of pagesOf(aws, list, input, ["NextMarker", "NextMarker"]))
          yield described(
            page.LoggingConfigurations,
            (one) => one.ResourceArn,
            (one) => ({ GetLoggingConfiguration: { LoggingConfiguration: one } }),
          );
      }
    },
  },
  setBy: { "wafv2:PutLoggingConfiguration": inside("loggingConfiguration", "resourceArn") },
};
