import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const lambdaFunctionCreated: Detection = {
  id: "lambda-function-created",
  title: "Function with a role created",
  severity: "low",
  attack: { technique: "T1648" },
  tier: "extended",
  noise: "work",
  events: ["lambda:CreateFunction"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["functionName", "role", "runtime", "handler", "layers", "responseElements.functionArn"],
      [...named(record, "AWS::Lambda::Function", "functionName"), ...named(record, "AWS::IAM::Role", "role")],
    ),
  runbook: [
    "Ask the actor what the function is for: whoever calls it acts with the permissions of its role.",
    "Read its code and its role's policies; delete it if nobody can explain it, after saving the code.",
    "Look at what calls it: event source mappings, EventBridge rules, function URLs by the same actor.",
  ],
  falsePositives: ["A developer creating a function by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
  ],
};
