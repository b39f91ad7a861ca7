import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

export const ec2InstanceConnectKeyPushed: Detection = {
  id: "ec2-instance-connect-key-pushed",
  title: "SSH key pushed to instances",
  severity: "high",
  attack: { technique: "T1021.004" },
  tier: "core",
  noise: "work",
  events: ["ec2-instance-connect:SendSSHPublicKey", "ec2-instance-connect:SendSerialConsoleSSHPublicKey"],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 2,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(valueAt(record, "requestParameters.instanceId")),
    alone: () => "low",
  },
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.instanceId",
        "requestParameters.instanceOSUser",
        "requestParameters.serialPort",
      ),
      resources: resourcesOf("AWS::EC2::Instance", valueAt(record, "requestParameters.instanceId")),
    };
  },
  runbook: [
    "Ask the actor why they logged in; the key itself is gone after a minute, the session is not.",
    "End unknown SSH sessions on the instances and read their login log from that time.",
    "If it was not them, revoke the actor's permissions and look at which other instances they described before.",
  ],
  falsePositives: [
    "Operators logging in through EC2 Instance Connect, and tools that do so on many instances.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-linux-inst-eic.html",
    "https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html",
  ],
};
