import type { CallAws } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { planQuarantine } from "../support/quarantine";
import type { Remediation } from "../remediation";
import { refused } from "../support/outcomes";

/**
 * Denies everything to sessions of the instance's role that were issued before now: the stolen credentials, and those of
 * all instances with the role until they get new ones, which the metadata service issues some hours later, or at once when
 * the instance profile is associated again.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export const fixEc2InstanceCredentialsOutside: Remediation = {
  id: "ec2-instance-credentials-outside",
  reads: ["iam:GetRolePolicy"],
  writes: ["iam:PutRolePolicy"],
  containsActor: true,
  async plan(finding: Finding, aws: CallAws) {
    if (finding.actor.role === undefined) return refused("the record does not say whose session it is");
    return planQuarantine(finding, aws, Date.now());
  },
};
