import type { BaselineKind, SetIds } from "../baseline";
import { listedWhole } from "../listing";
import { answered, parameter } from "../setting";

/** Id: the cluster's ARN. */
export const databaseCluster: BaselineKind = {
  type: "AWS::RDS::DBCluster",
  service: "rds",
  actions: ["rds:DescribeDBClusters"],
  read: { DescribeDBClusters: (DBClusterIdentifier) => ({ DBClusterIdentifier }) },
  absent: ["DBClusterNotFoundFault"],
  keep: {
    DescribeDBClusters: { DBClusters: ["DBClusterArn", "ActivityStreamMode", "ActivityStreamKmsKeyId"] },
  },
  list: listedWhole("rds", "DescribeDBClusters", ["DBClusters", "DBClusterArn"], {
    token: ["Marker", "Marker"],
  }),
  setBy: {
    "rds:CreateDBCluster": clusters(answered("dBClusterArn")),
    "rds:ModifyDBCluster": clusters(answered("dBClusterArn")),
    "rds:StartActivityStream": clusters(parameter("resourceArn")),
  },
};

/** Instances have activity streams, but no baselines. */
function clusters(arns: SetIds): SetIds {
  return (record) => arns(record).filter((arn) => arn?.split(":")[5] === "cluster");
}
