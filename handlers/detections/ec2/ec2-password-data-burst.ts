import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

export const ec2PasswordDataBurst: Detection = {
  id: "ec2-password-data-burst",
  title: "Windows password data requested many times",
  severity: "high",
  attack: { technique: "T1555" },
  tier: "core",
  noise: "rare",
  events: ["ec2:GetPasswordData"],
  outcome: "any",
  remediation: "contain",
  burst: {
    windowMinutes: 10,
    threshold: 5,
    countedBy: principalKeyOf,
    // Instances, not calls, because infrastructure as code keeps asking until its one instance has a password.
    distinct(record) {
      const instances = textsOf(valueAt(record, "requestParameters.instanceId"));
      return instances.length > 0 ? instances : [`unknown ${textOf(record.eventID) ?? ""}`];
    },
  },
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.instanceId", "errorCode"),
      resources: resourcesOf("AWS::EC2::Instance", valueAt(record, "requestParameters.instanceId")),
    };
  },
  runbook: [
    "Ask the actor why they want the administrator passwords of several machines; denied calls mean that somebody is trying what they may not.",
    "Change the passwords of the instances whose password data was returned: whoever has the private key can read them.",
    "Revoke the actor's permissions if there is no explanation, and look for RDP logins from their address.",
  ],
  falsePositives: ["One role setting up a fleet of Windows machines."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-rdp.html",
  ],
};
