import type { Detection } from "../detection";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";

export const ec2SharedSnapshotUsed: Detection = {
  id: "ec2-shared-snapshot-used",
  title: "Shared snapshot copied or restored in another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:SharedSnapshotCopyInitiated", "ec2:SharedSnapshotVolumeCreated"],
  remediation: "alert",
  match(record, context) {
    const accounts = accountsIn(record).filter((account) => account !== context.account);
    // A trusted account used the snapshot as intended.
    if (accounts.length > 0 && !accounts.some((account) => isForeign(account, context))) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "eventName",
        "serviceEventDetails",
        "requestParameters",
        "userIdentity.accountId",
      ),
      resources: resourcesOf("AWS::EC2::Snapshot", ...snapshotsIn(record)),
    };
  },
  runbook: [
    "Find out whose account it is; it now has the data of that disk, and no call of yours can take it back.",
    "Stop sharing the snapshot (ModifySnapshotAttribute), and find out who shared it, when and with whom else.",
    "Treat the disk's content as disclosed: rotate its secrets, and check whether the law requires a report.",
  ],
  falsePositives: [
    "A sister account or partner that the snapshot was shared with and that is not yet in `trustedAccounts`.",
  ],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
  ],
};

/** All strings in EC2's details of the event, under whatever names. */
function textsIn(record: CloudTrailRecord): string[] {
  const identity = fieldsOf(record.userIdentity);
  return [
    fieldsOf(record.serviceEventDetails),
    fieldsOf(record.requestParameters),
    { account: identity.accountId },
  ]
    .flatMap((fields) => Object.values(fields))
    .filter((value) => typeof value === "string");
}

function accountsIn(record: CloudTrailRecord): string[] {
  return textsIn(record).flatMap((text) => accountIn(text) ?? []);
}

function snapshotsIn(record: CloudTrailRecord): string[] {
  return textsIn(record).flatMap((text) => /snap-[0-9a-f]{8,17}/.exec(text)?.[0] ?? []);
}
