import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { isPerson, isScanner, personsOnly, principalKeyOf } from "../readers/principal";

export const lambdaCodeDownloaded: Detection = {
  id: "lambda-code-downloaded",
  title: "Code of many functions downloaded",
  severity: "low",
  attack: { technique: "T1213" },
  tier: "extended",
  noise: "work",
  events: ["lambda:GetFunction"],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 10,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "functionName")),
  },
  novel: { days: 30, learning: 14 },
  hint: personsOnly,
  match(record, context) {
    if (!isPerson(record) || isScanner(record, context)) return undefined;
    return calledByHand(
      record,
      context,
      ["functionName"],
      named(record, "AWS::Lambda::Function", "functionName"),
    );
  },
  runbook: [
    "Ask the actor what they looked for: the answer contains a link to the code, and the environment variables with any secrets in them.",
    "Without an explanation, rotate secrets in variables or code, and move them to Secrets Manager.",
    "Deactivate the key, and look at what else it read.",
  ],
  falsePositives: [
    "A developer exploring functions for the first time, and infrastructure as code with a user's key.",
  ],
  references: ["https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html"],
};
