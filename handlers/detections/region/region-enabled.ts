import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";

export const regionEnabled: Detection = {
  id: "region-enabled",
  title: "Opt-in region enabled",
  severity: "medium",
  attack: { technique: "T1535" },
  tier: "extended",
  noise: "rare",
  events: ["account:EnableRegion"],
  remediation: "contain",
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.RegionName", "requestParameters.regionName"),
      resources: resourcesOf("AWS::Region", textParameterOf(record, "regionName")),
    };
  },
  runbook: [
    "Ask the actor which project needs the region; new regions are planned.",
    "Check that the trail, GuardDuty and Config cover it: attackers enable regions that nobody monitors.",
    "If nobody needs it, disable it again, after checking what already runs there.",
  ],
  falsePositives: ["A project that expands to a new region."],
  references: [
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html",
  ],
};
