import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

export const ec2UserDataDownloadBurst: Detection = {
  id: "ec2-user-data-download-burst",
  title: "User data of many instances read",
  severity: "medium",
  attack: { technique: "T1552.005" },
  tier: "core",
  noise: "rare",
  events: ["ec2:DescribeInstanceAttribute"],
  // Denied calls count, too: somebody with a stolen role tries before they know what it may do.
  outcome: "any",
  remediation: "alert",
  burst: {
    windowMinutes: 30,
    threshold: 10,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(valueAt(record, "requestParameters.instanceId")),
  },
  match(record) {
    if (valueAt(record, "requestParameters.attribute") !== "userData") return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.attribute",
        "requestParameters.instanceId",
        "errorCode",
      ),
      resources: resourcesOf("AWS::EC2::Instance", valueAt(record, "requestParameters.instanceId")),
    };
  },
  runbook: [
    "Ask the actor why they read the start-up scripts of so many machines.",
    "Search the user data of those instances for passwords and keys, and rotate what you find.",
    "Move secrets out of user data into Secrets Manager or Parameter Store.",
  ],
  falsePositives: [
    "Inventory and security tools, and infrastructure as code that refreshes many instances at once.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html",
  ],
};
