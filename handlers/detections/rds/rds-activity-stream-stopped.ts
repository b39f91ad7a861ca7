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
    "Ask the database's owner whether the stream should have been stopped; without it nobody sees what administrators do inside the database.",
    "Start it again with the same KMS key (it is in the response) and mode, and point the consumers to the new Kinesis stream.",
    "Check the database's own audit log for the gap: new users, grants and dumps.",
  ],
  falsePositives: ["Announced maintenance of the database or of the stream's consumers."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StopActivityStream.html",
  ],
};
