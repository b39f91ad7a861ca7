import { uninspected } from "../readers/uninspected";
import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

export const ec2UserDataModified: Detection = {
  id: "ec2-user-data-modified",
  title: "Instance user data replaced",
  severity: "high",
  attack: { technique: "T1059" },
  tier: "core",
  noise: "changes",
  events: ["ec2:ModifyInstanceAttribute"],
  remediation: "contain",
  match(record) {
    const { userData, attribute, instanceId } = fieldsOf(record.requestParameters);
    // EC2 records an empty object for omitted parameters, and keeps the script itself out of the log.
    const replaced =
      attribute === "userData" ||
      (typeof userData === "string" ? userData !== "" : Object.keys(fieldsOf(userData)).length > 0);
    if (!replaced) return uninspected(record);
    return {
      evidence: evidenceAt(record, "requestParameters.userData", "requestParameters.attribute"),
      resources: resourcesOf("AWS::EC2::Instance", instanceId),
    };
  },
  runbook: [
    "Read the new user data (DescribeInstanceAttribute) before the instance starts: the script runs as root, on every start if it says so.",
    "Check whether the same actor stopped and started the instance around it; if so, isolate it and keep its disk for the investigation.",
    "Replace the instance from its image or template, and revoke the sessions of its role.",
  ],
  falsePositives: ["Administrators who fix the start-up script of a stopped instance."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html",
  ],
};
