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
        // The network of the mount target decides then; so it is when a file system has no policy at all.
        !statement.conditions.some(
          ({ key, values }) =>
            key.toLowerCase() === "elasticfilesystem:accessedviamounttarget" && values.every(isTrue),
        ),
    );
  },
  runbook: [
    "Set the policy back unless the owner of the file system wants others to mount it.",
    "Look at the mount targets and their security groups: who can reach them?",
    "Read the log of the network for connections to port 2049 from elsewhere.",
  ],
  falsePositives: ["Sister accounts that are not yet among the trusted accounts."],
  references: [
    "https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html",
    "https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html",
  ],
};
