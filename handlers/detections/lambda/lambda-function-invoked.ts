import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { isPerson, personsOnly } from "../readers/principal";

export const lambdaFunctionInvoked: Detection = {
  id: "lambda-function-invoked",
  title: "Function called by a person or key",
  severity: "low",
  attack: { technique: "T1648" },
  tier: "extended",
  noise: "work",
  events: ["lambda:Invoke"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  hint: personsOnly,
  match(record, context) {
    if (!isPerson(record)) return undefined;
    return calledByHand(
      record,
      context,
      ["functionName", "invocationType", "qualifier"],
      named(record, "AWS::Lambda::Function", "functionName"),
    );
  },
  runbook: [
    "Ask the actor why they call it: they act with the rights of the function's role so.",
    "Look at what the function did at that time, in its log and by its role.",
    "Take lambda:InvokeFunction away from whoever does not need it.",
  ],
  falsePositives: [
    "A developer who tries a function out. Only seen where the trail records Lambda data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html",
  ],
};
