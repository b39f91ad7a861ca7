import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { isPerson, isScanner, personsOnly } from "../readers/principal";

export const dynamodbTableScanned: Detection = {
  id: "dynamodb-table-scanned",
  title: "Whole table read by a person or key",
  severity: "low",
  attack: { technique: "T1213.006" },
  tier: "extended",
  noise: "work",
  events: ["dynamodb:BatchGetItem", "dynamodb:ExecuteStatement", "dynamodb:Scan"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  hint: personsOnly,
  match(record, context) {
    if (!isPerson(record) || isScanner(record, context)) return undefined;
    return calledByHand(
      record,
      context,
      ["tableName", "requestItems", "statement"],
      named(record, "AWS::DynamoDB::Table", "tableName"),
    );
  },
  runbook: [
    "Ask the actor what they read: a scan returns every item of the table.",
    "Deactivate the key if there is no explanation, and look at how many calls there were.",
    "Find out what the table contains, and who must be notified.",
  ],
  falsePositives: [
    "A developer looking into a table for the first time. Seen only if the trail records DynamoDB data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html",
  ],
};
