import type { Detection } from "../detection";
import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";

export const redshiftCredentialsRequested: Detection = {
  id: "redshift-credentials-requested",
  title: "Database credentials of a Redshift cluster requested",
  severity: "low",
  attack: { technique: "T1552" },
  tier: "extended",
  noise: "work",
  events: [
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["dbUser", "dbName", "autoCreate", "dbGroups", "clusterIdentifier", "workgroupName"],
      named(record, "AWS::Redshift::Cluster", "clusterIdentifier", "workgroupName"),
    );
    // A user created for the purpose.
    if (match && isTrue(parameterOf(record, "autoCreate"))) match.severity = "medium";
    return match;
  },
  runbook: [
    "Ask the actor which data they needed, and as which database user.",
    "Check the cluster's connection and statement logs for UNLOAD and large SELECTs from that time on.",
    "Drop users created by autoCreate if nobody can explain them.",
  ],
  falsePositives: ["Analysts and tools connecting with IAM for the first time."],
  references: [
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html",
    "https://docs.aws.amazon.com/redshift/latest/mgmt/generating-user-credentials.html",
  ],
};
