import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { isPerson, personsOnly } from "../readers/principal";

export const lambdaFunctionInvoked: Detection = {
  id: "lambda-function-invoked",
  title: "Function invoked by a person or key",
  severity: "low",
  attack: { technique: "T1648" },
  tier: "extended",
  noise: "work",
  events: ["lambda:Invoke", "lambda:InvokeAsync", "lambda:InvokeWithResponseStream"],
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
    "Ask the actor why they invoke it: this way they act with the permissions of the function's role.",
    "Look at what the function did at that time, in its log and through its role.",
    "Revoke lambda:InvokeFunction from whoever does not need it.",
  ],
  falsePositives: ["A developer trying out a function. Seen only if the trail records Lambda data events."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html",
  ],
};
