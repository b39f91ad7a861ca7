import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const redshiftSnapshotShared: Detection = {
  id: "redshift-snapshot-shared",
  title: "Redshift snapshot or data shared with another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: [
    "redshift:AuthorizeDataShare",
    "redshift:AuthorizeEndpointAccess",
    "redshift:AuthorizeSnapshotAccess",
  ],
  remediation: "inverse",
  match(record, context) {
    const names = ["accountWithRestoreAccess", "consumerIdentifier", "account"].filter((name) =>
      isForeign(accountIn(textParameterOf(record, name)), context),
    );
    if (names.length === 0) return uninspected(record);
    return {
      evidence: shown(record, ...names),
      resources: [
        ...named(record, "AWS::Redshift::ClusterSnapshot", "snapshotIdentifier", "snapshotArn"),
        ...named(record, "AWS::Redshift::DataShare", "dataShareArn"),
        ...named(record, "AWS::Redshift::Cluster", "clusterIdentifier"),
      ],
    };
  },
  runbook: [
    "Stop sharing it (RevokeSnapshotAccess, DeauthorizeDataShare, RevokeEndpointAccess) unless the data's owner knows the account.",
    "Find out whether it was already restored or read there; then the data has left.",
    "Revoke the actor's permissions if nobody knows why, and look for other snapshots.",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_AuthorizeSnapshotAccess.html",
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_AuthorizeDataShare.html",
  ],
};
