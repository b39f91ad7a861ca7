import { fieldsOf } from "../../json";
import type { BaselineKind } from "../baseline";
import { named, pagesOf } from "../listing";
import { namedByParameter } from "../setting";

/** Id: the trail's name. Region: its home. */
export const trail: BaselineKind = {
  type: "AWS::CloudTrail::Trail",
  service: "cloudtrail",
  actions: [
    "cloudtrail:GetTrail",
    "cloudtrail:GetTrailStatus",
    "cloudtrail:GetEventSelectors",
    "cloudtrail:ListTags",
    "cloudtrail:GetInsightSelectors",
  ],
  read: {
    GetTrail: (Name) => ({ Name }),
    GetTrailStatus: (Name) => ({ Name }),
    GetEventSelectors: (TrailName) => ({ TrailName }),
    ListTags: (_, { GetTrail }) => ({ ResourceIdList: [fieldsOf(GetTrail?.Trail).TrailARN] }),
    // Last: where there are none, or the partition has no Insights, this is an error.
    GetInsightSelectors: (TrailName) => ({ TrailName }),
  },
  absent: ["TrailNotFoundException", "InsightNotEnabledException", "UnsupportedOperationException"],
  keep: {
    GetTrail: { Trail: "all" },
    GetTrailStatus: { IsLogging: "all" },
    GetEventSelectors: { EventSelectors: "all", AdvancedEventSelectors: "all" },
    ListTags: { ResourceTagList: "all" },
    GetInsightSelectors: { InsightSelectors: "all" },
  },
  list: {
    actions: ["cloudtrail:DescribeTrails"],
    of: "region",
    async *pages(aws, region) {
      // Each trail once, in its home region.
      const input = { includeShadowTrails: false };
      for await (const page of pagesOf(aws, ["cloudtrail", region, "DescribeTrails"], input))
        yield named(page.trailList, "Name");
    },
  },
  setBy: {
    "cloudtrail:AddTags": namedByParameter("resourceId"),
    "cloudtrail:CreateTrail": namedByParameter("name"),
    "cloudtrail:PutEventSelectors": namedByParameter("trailName"),
    "cloudtrail:PutInsightSelectors": namedByParameter("trailName"),
    "cloudtrail:StartLogging": namedByParameter("name"),
    "cloudtrail:UpdateTrail": namedByParameter("name"),
  },
};
