import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a threat list",
    record: call("guardduty:DeleteThreatIntelSet", { detectorId: "d-1", threatIntelSetId: "t-1" }),
    evidence: "requestParameters.threatIntelSetId",
    resources: ["d-1"],
  },
  {
    name: "domains",
    record: call("guardduty:DeleteThreatEntitySet", { detectorId: "d-1", threatEntitySetId: "t-1" }),
  },
  {
    name: "trusted addresses",
    record: call("guardduty:DeleteIPSet", { detectorId: "d-1", ipSetId: "t-1" }),
    severity: "low",
  },
  {
    name: "trusted domains",
    record: call("guardduty:DeleteTrustedEntitySet", { detectorId: "d-1", trustedEntitySetId: "t-1" }),
    severity: "low",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
