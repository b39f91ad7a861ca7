import type { Detection } from "../detection";
import { objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { isByHand } from "../readers/by-hand";
import { resourcesOf, shown } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const ec2InstancesStarted: Detection = {
  id: "ec2-instances-started",
  title: "Many stopped instances started",
  severity: "medium",
  attack: { technique: "T1578.004" },
  tier: "extended",
  noise: "work",
  events: ["ec2:StartInstances"],
  remediation: "alert",
  burst: { windowMinutes: 10, threshold: 10, countedBy: principalKeyOf, distinct: instancesOf },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    return {
      evidence: shown(record, "instancesSet"),
      resources: resourcesOf("AWS::EC2::Instance", ...instancesOf(record)),
    };
  },
  runbook: [
    "Ask the actor what the machines are needed for; somebody who stops machines, changes what they run and starts them owns them.",
    "Look at earlier StopInstances and ModifyInstanceAttribute calls: was their user data changed?",
    "Stop them again if nobody knows why.",
  ],
  falsePositives: ["Schedulers starting machines in the morning, for the first time."],
  references: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html"],
};

function instancesOf(record: CloudTrailRecord): string[] {
  return objectsOf(parameterOf(record, "instancesSet")).flatMap(({ instanceId }) => textsOf(instanceId));
}
