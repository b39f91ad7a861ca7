import { fieldsOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Resource } from "../detection";
import { resourcesOf } from "./evidence";

/** The databases and snapshots that an RDS record names, in the request or, failing that, in the response. */
export function databasesOf(record: CloudTrailRecord): Resource[] {
  const request = fieldsOf(record.requestParameters);
  const response = fieldsOf(record.responseElements);
  const named = (field: string) => request[field] ?? response[field];
  return [
    // Snapshots and backups first: the record of a restored or deleted one also names its database.
    ...resourcesOf("AWS::RDS::DBSnapshot", request.dBSnapshotIdentifier),
    ...resourcesOf("AWS::RDS::DBClusterSnapshot", request.dBClusterSnapshotIdentifier),
    ...resourcesOf("AWS::RDS::DBInstance", named("dBInstanceIdentifier"), request.targetDBInstanceIdentifier),
    ...resourcesOf("AWS::RDS::DBCluster", named("dBClusterIdentifier")),
    ...resourcesOf("AWS::RDS::GlobalCluster", request.globalClusterIdentifier),
    ...resourcesOf("AWS::RDS::DBInstanceAutomatedBackup", request.dbiResourceId),
    ...resourcesOf("AWS::RDS::DBClusterAutomatedBackup", request.dbClusterResourceId),
  ];
}
