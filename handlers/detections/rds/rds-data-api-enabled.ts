import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const rdsDataApiEnabled: Detection = {
  id: "rds-data-api-enabled",
  title: "Database opened to queries over the Data API",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "rare",
  events: ["rds:EnableHttpEndpoint"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(record, context, ["resourceArn"], [...named(record, "AWS::RDS::DBCluster", "resourceArn")]),
  runbook: [
    "Ask the owner of the database which program uses the Data API: it needs no network to the database, only a secret and a permission.",
    "Switch it off (DisableHttpEndpoint) if nobody can explain it.",
    "Look for ExecuteStatement and GetSecretValue by the same actor.",
  ],
  falsePositives: ["A function that queries the database without a connection."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.enabling.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_EnableHttpEndpoint.html",
  ],
};
