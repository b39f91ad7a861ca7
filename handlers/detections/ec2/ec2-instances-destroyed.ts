import type { Detection } from "../detection";
import { objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { isByHand } from "../readers/by-hand";
import { resourcesOf, shown } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const ec2InstancesDestroyed: Detection = {
  id: "ec2-instances-destroyed",
  title: "Many instances stopped or terminated",
  severity: "high",
  attack: { technique: "T1578.003" },
  tier: "extended",
  noise: "work",
  events: ["ec2:StopInstances", "ec2:TerminateInstances"],
  remediation: "alert",
  burst: { windowMinutes: 10, threshold: 10, countedBy: principalKeyOf, distinct: instancesOf },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    return {
      evidence: shown(record, "instancesSet", "force"),
      resources: resourcesOf("AWS::EC2::Instance", ...instancesOf(record)),
    };
  },
  runbook: [
    "Ask the actor whether this was intended; if not, revoke their permissions at once, while something is left.",
    "Start what was stopped, and look for surviving volumes, snapshots and AWS Backup copies of what was terminated.",
    "Enable termination protection and stop protection for what matters.",
  ],
  falsePositives: [
    "A cluster or test environment that is torn down by hand, and schedulers that stop machines at night for the first time.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
  ],
};

function instancesOf(record: CloudTrailRecord): string[] {
  return objectsOf(parameterOf(record, "instancesSet")).flatMap(({ instanceId }) => textsOf(instanceId));
}
