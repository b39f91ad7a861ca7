import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const rdsActivityStreamStopped: Detection = {
  id: "rds-activity-stream-stopped",
  title: "RDS activity stream stopped",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: ["rds:StopActivityStream"],
  remediation: "baseline",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.resourceArn",
        "requestParameters.applyImmediately",
        "responseElements.kmsKeyId",
        "responseElements.kinesisStreamName",
      ),
      resources: resourcesOf("AWS::RDS::DBCluster", valueAt(record, "requestParameters.resourceArn")),
    };
  },
  runbook: [
    "Ask the database's owner whether the stream was to stop; without it nobody sees what administrators do inside the database.",
    "Start it again with the same KMS key (it is in the response) and the mode it had, and point the consumers to the new Kinesis stream.",
    "Compare the database's own audit log with the gap, and look for new users, grants and dumps in it.",
  ],
  falsePositives: ["Maintenance of the database or of the consumers of the stream, announced beforehand."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StopActivityStream.html",
  ],
};
