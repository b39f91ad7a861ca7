import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";
import { isOwnTrail } from "../readers/trail";

export const cloudtrailTrailDeleted: Detection = {
  id: "cloudtrail-trail-deleted",
  title: "CloudTrail trail deleted",
  severity: "critical",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "none",
  events: ["cloudtrail:DeleteTrail"],
  remediation: "baseline",
  match(record, context) {
    const name = textParameterOf(record, "name");
    const evidence = evidenceAt(record, "requestParameters.name");
    if (isOwnTrail(name, context))
      evidence.push({ parameter: "trail", value: name, why: "feeds this system" });
    return { evidence, resources: resourcesOf("AWS::CloudTrail::Trail", name) };
  },
  runbook: [
    "Recreate the trail from its definition in code (or from an earlier CreateTrail event) with all regions, validation and key as before, and start logging.",
    "Check that the bucket still holds the earlier log files and digests, and validate them with aws cloudtrail validate-logs.",
    "Read the actor's event history for the time without a trail, and contain the actor unless somebody vouches for the deletion.",
  ],
  falsePositives: ["Clean-up after the organization's trail has replaced the account's own."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-delete-trails-console.html",
  ],
};
