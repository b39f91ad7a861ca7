import type { Detection } from "../detection";
import { isFalse, parameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";

export const lambdaEventSourceMapped: Detection = {
  id: "lambda-event-source-mapped",
  title: "Function connected to a stream or queue",
  severity: "medium",
  attack: { technique: "T1546" },
  tier: "extended",
  noise: "work",
  events: ["lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"],
  remediation: "inverse",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    // A disabled mapping does nothing.
    if (isFalse(parameterOf(record, "enabled"))) return undefined;
    return calledByHand(
      record,
      context,
      ["functionName", "eventSourceArn", "enabled", "uUID", "responseElements.uUID"],
      named(record, "AWS::Lambda::Function", "functionName"),
    );
  },
  runbook: [
    "Ask the actor what the function does with the events: it sees every message of the queue, or every change of the table.",
    "Disable the mapping (UpdateEventSourceMapping) if nobody can explain it, and read the function's code.",
    "Find out where the function sends what it gets, and look at the permissions of its role.",
  ],
  falsePositives: ["A developer connecting a function by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html",
  ],
};
