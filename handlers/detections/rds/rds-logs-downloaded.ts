import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const rdsLogsDownloaded: Detection = {
  id: "rds-logs-downloaded",
  title: "Database log downloaded",
  severity: "low",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "work",
  events: ["rds:DownloadCompleteDBLogFile", "rds:DownloadDBLogFilePortion"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["dBInstanceIdentifier", "logFileName"],
      named(record, "AWS::RDS::DBInstance", "dBInstanceIdentifier"),
    ),
  runbook: [
    "Ask the actor what they looked for; query logs contain data, and sometimes passwords.",
    "Look at which files were downloaded, and whether statement logging was on.",
    "Change the passwords that the log shows if there is no explanation.",
  ],
  falsePositives: ["A developer or a monitoring tool reading slow queries for the first time."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DownloadDBLogFilePortion.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html",
  ],
};
