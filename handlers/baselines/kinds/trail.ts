import type { BaselineKind } from "../baseline";
import { named, pagesOf } from "../listing";
import { namedByParameter } from "../setting";

/** Id: the trail's name. Region: its home. */
export const trail: BaselineKind = {
  type: "AWS::CloudTrail::Trail",
  service: "cloudtrail",
  actions: ["cloudtrail:GetTrail", "cloudtrail:GetEventSelectors"],
  read: {
    GetTrail: (Name) => ({ Name }),
    GetEventSelectors: (TrailName) => ({ TrailName }),
  },
  absent: ["TrailNotFoundException"],
  keep: {
    GetTrail: { Trail: "all" },
    GetEventSelectors: { EventSelectors: "all", AdvancedEventSelectors: "all" },
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
    "cloudtrail:CreateTrail": namedByParameter("name"),
    "cloudtrail:PutEventSelectors": namedByParameter("trailName"),
    "cloudtrail:UpdateTrail": namedByParameter("name"),
  },
};
