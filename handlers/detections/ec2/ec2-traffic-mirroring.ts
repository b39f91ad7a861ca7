import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

const request = "requestParameters.CreateTrafficMirrorSessionRequest";
const session = "responseElements.CreateTrafficMirrorSessionResponse.trafficMirrorSession";

export const ec2TrafficMirroring: Detection = {
  id: "ec2-traffic-mirroring",
  title: "Traffic mirroring session created",
  severity: "high",
  attack: { technique: "T1040" },
  tier: "core",
  noise: "rare",
  events: ["ec2:CreateTrafficMirrorSession"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        `${request}.NetworkInterfaceId`,
        `${request}.TrafficMirrorTargetId`,
        `${session}.trafficMirrorSessionId`,
      ),
      resources: [
        ...resourcesOf(
          "AWS::EC2::TrafficMirrorSession",
          valueAt(record, `${session}.trafficMirrorSessionId`),
        ),
        ...resourcesOf("AWS::EC2::NetworkInterface", valueAt(record, `${request}.NetworkInterfaceId`)),
      ],
    };
  },
  runbook: [
    "Find out what is behind the mirror target: a network interface, load balancer or endpoint of an unknown account reads everything that is not encrypted.",
    "Delete the session unless the network team knows it, and look for more sessions, targets and filters by the same actor.",
    "Treat every credential that crossed the mirrored interface in clear text as disclosed, and rotate it.",
  ],
  falsePositives: ["Intrusion detection and packet capture by the network or security team."],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/mirroring/what-is-traffic-mirroring.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorSession.html",
  ],
};
