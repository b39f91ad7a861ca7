import type { Detection } from "../detection";
import { isTrue } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { policyOpened } from "../readers/opened";

export const efsPolicyOpened: Detection = {
  id: "efs-policy-opened",
  title: "File system policy opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "rare",
  events: ["elasticfilesystem:PutFileSystemPolicy"],
  remediation: "alert",
  match(record, context) {
    return policyOpened(
      record,
      context,
      named(record, "AWS::EFS::FileSystem", "fileSystemId"),
      (statement) =>
        // The mount target's network then decides, as it does for a file system without a policy.
        !statement.conditions.some(
          ({ key, values }) =>
            key.toLowerCase() === "elasticfilesystem:accessedviamounttarget" && values.every(isTrue),
        ),
    );
  },
  runbook: [
    "Restore the policy unless the file system's owner wants others to mount it.",
    "Look at the mount targets and their security groups: who can reach them?",
    "Read the flow logs for connections to port 2049 from elsewhere.",
  ],
  falsePositives: ["Sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    "https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html",
  ],
};
