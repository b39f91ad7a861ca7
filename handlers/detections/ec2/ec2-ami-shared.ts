import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { isInvokedBy } from "../readers/principal";
import { sharedWith } from "../readers/shared-with";

export const ec2AmiShared: Detection = {
  id: "ec2-ami-shared",
  title: "AMI shared or public",
  severity: "critical",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["ec2:ModifyImageAttribute"],
  remediation: "inverse",
  match(record, context) {
    // The marketplace shares what its sellers submit.
    if (isInvokedBy(record, ["assets.marketplace.amazonaws.com"])) return undefined;
    const evidence = sharedWith(record, "launchPermission", context);
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: resourcesOf("AWS::EC2::Image", valueAt(record, "requestParameters.imageId")),
    };
  },
  runbook: [
    "Revoke the launch permission; others keep instances and copies they have already made of the image.",
    "Start the image in an isolated network and look for keys, shell history and private code on it; rotate what you find.",
    "Block public access for AMIs in every region, and check what else the actor shared.",
  ],
  falsePositives: [
    "Golden images for sister accounts or an organization: name them in `trustedAccounts` and `organization`. Images that are published intentionally.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html",
  ],
};
