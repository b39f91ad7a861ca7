import type { Detection } from "../detection";
import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const redshiftClusterPublic: Detection = {
  id: "redshift-cluster-public",
  title: "Redshift cluster made public",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "rare",
  events: [
    "redshift-serverless:CreateWorkgroup",
    "redshift-serverless:UpdateWorkgroup",
    "redshift:CreateCluster",
    "redshift:ModifyCluster",
    "redshift:RestoreFromClusterSnapshot",
  ],
  remediation: "inverse",
  match(record) {
    if (!isTrue(parameterOf(record, "publiclyAccessible"))) return uninspected(record);
    return {
      evidence: shown(record, "publiclyAccessible"),
      resources: [
        ...named(record, "AWS::Redshift::Cluster", "clusterIdentifier"),
        ...named(record, "AWS::RedshiftServerless::Workgroup", "workgroupName"),
      ],
    };
  },
  runbook: [
    "Make it private again (ModifyCluster, UpdateWorkgroup) unless somebody outside must connect.",
    "Look at its security groups: from where can port 5439 be reached?",
    "Check the connection log from that time on.",
  ],
  falsePositives: ["A cluster that a tool outside AWS reads."],
  references: [
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html",
  ],
};
