import { fieldOf, isFalse, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import type { Detection, Evidence, Match } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { isInvokedBy, isServiceLinkedRole } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

const path = "requestParameters.configurationRecorder.recordingGroup";

export const configRecorderNarrowed: Detection = {
  id: "config-recorder-narrowed",
  title: "AWS Config recorder limited to some resource types",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: ["config:PutConfigurationRecorder"],
  remediation: "baseline",
  match(record) {
    const bySetUp =
      isInvokedBy(record, ["controltower.amazonaws.com", "config-multiaccountsetup.amazonaws.com"]) ||
      isServiceLinkedRole(record, "AWSServiceRoleFor");
    if (bySetUp) return undefined;
    const found = narrowed(record);
    if (found === undefined) return uninspected(record);
    const recorder = fieldOf(parameterOf(record, "configurationRecorder"), "name");
    return {
      ...found,
      resources: resourcesOf("AWS::Config::ConfigurationRecorder", recorder ?? "default"),
    };
  },
  runbook: [
    "Compare the recorded types with your standard (aws configservice describe-configuration-recorders): IAM, security groups, buckets and keys belong to it.",
    "Restore the recording group, in the region of the event; only CloudTrail has the changes in the meantime.",
    "Look at what the actor did to resources of types that are no longer recorded.",
  ],
  falsePositives: [
    "A recorder that excludes busy types to save cost, or IAM outside one region (reported as low when types are excluded).",
  ],
  references: [
    "https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html",
  ],
};

/** Whether only some types, or all but some, are recorded. Without a recording group, AWS records all. */
function narrowed(record: CloudTrailRecord): Pick<Match, "evidence" | "severity"> | undefined {
  const group = fieldOf(parameterOf(record, "configurationRecorder"), "recordingGroup");
  const evidence = (name: string, value: unknown, why: string): Evidence => ({
    parameter: `${path}.${name}`,
    value,
    why,
  });
  const left = textsOf(fieldOf(fieldOf(group, "exclusionByResourceTypes"), "resourceTypes"));
  if (left.length > 0)
    return {
      evidence: [evidence("exclusionByResourceTypes", left, "are not recorded from now on")],
      severity: "low",
    };
  const types = textsOf(fieldOf(group, "resourceTypes"));
  const isListed = fieldOf(fieldOf(group, "recordingStrategy"), "useOnly") === "INCLUSION_BY_RESOURCE_TYPES";
  if (Object.keys(fieldsOf(group)).length === 0) return undefined;
  if (!isListed && !isFalse(fieldOf(group, "allSupported"))) return undefined;
  return { evidence: [evidence("resourceTypes", types, "are the only types recorded from now on")] };
}
