import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "all of it",
      record: call("cloudtrail:PutInsightSelectors", { trailName: "main", insightSelectors: [] }),
      evidence: "requestParameters.insightSelectors",
      resources: ["main"],
    },
    {
      name: "left out",
      record: call("cloudtrail:PutInsightSelectors", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "on",
      record: call("cloudtrail:PutInsightSelectors", {
        trailName: "main",
        insightSelectors: [{ insightType: "ApiCallRateInsight" }],
      }),
    },
  ],
};
