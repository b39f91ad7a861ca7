import { callsTo } from "../../aws/call";
import type { BaselineKind } from "../baseline";
import { type List, named, pagesOf, texts } from "../listing";
import { parameter } from "../setting";

/** What a web ACL of WAF Classic can protect; the API lists one sort at a time. */
const protectable = ["APPLICATION_LOAD_BALANCER", "API_GATEWAY"];

/** Id: the ARN of what the web ACL protects. */
export const regionalWebAclAssociation: BaselineKind = {
  type: "AWS::WAFRegional::WebACLAssociation",
  service: "waf-regional",
  actions: ["waf-regional:GetWebACLForResource", "waf-regional:GetWebACL"],
  read: { GetWebACLForResource: (ResourceArn) => ({ ResourceArn }) },
  absent: ["WAFNonexistentItemException"],
  keep: { GetWebACLForResource: { WebACLSummary: ["WebACLId"] } },
  list: {
    actions: ["waf-regional:ListWebACLs", "waf-regional:ListResourcesForWebACL"],
    of: "region",
    async *pages(aws, region) {
      const call = callsTo("waf-regional", region);
      const list: List = ["waf-regional", region, "ListWebACLs"];
      for await (const page of pagesOf(aws, list, { Limit: 100 }, ["NextMarker", "NextMarker"]))
        for (const { id: WebACLId } of named(page.WebACLs, "WebACLId"))
          for (const ResourceType of protectable) {
            const { ResourceArns } = await aws(call("ListResourcesForWebACL", { WebACLId, ResourceType }));
            const answers = { GetWebACLForResource: { WebACLSummary: { WebACLId } } };
            yield texts(ResourceArns).map((listed) => ({ ...listed, answers }));
          }
    },
  },
  setBy: { "waf-regional:AssociateWebACL": parameter("resourceArn") },
};
