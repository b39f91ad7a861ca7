import { fieldOf, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { type Ask, readsOf } from "../ask";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { parameterPath } from "../readers/evidence";
import { loadersIn } from "../readers/loaders";
import { uninspected } from "../readers/uninspected";

export const lambdaEnvironmentHooked: Detection = {
  id: "lambda-environment-hooked",
  title: "Function made to load other code by its environment",
  severity: "high",
  attack: { technique: "T1574.006" },
  tier: "extended",
  noise: "rare",
  events: ["lambda:UpdateFunctionConfiguration"],
  remediation: "alert",
  // CloudTrail empties the environment: what is set now is what the call set.
  asks(record, context): Ask[] {
    const name = textParameterOf(record, "functionName");
    const environment = parameterOf(record, "environment");
    if (name === undefined || environment === undefined || environment === null) return [];
    if (fieldOf(environment, "variables") !== undefined || !isByHand(record, context)) return [];
    return [{ kind: "functionLoaders", parameter: parameterPath(record, "environment"), function: name }];
  },
  reads: readsOf.functionLoaders,
  match(record, context, answers = []) {
    if (!isByHand(record, context)) return undefined;
    const environment = parameterOf(record, "environment");
    const loaders = [loadersIn(fieldOf(environment, "variables")), ...answers.map(loadersIn)];
    const evidence = loaders.flatMap((variables) =>
      Object.entries(variables).map(([name, value]) => ({
        parameter: `${parameterPath(record, "environment")}.variables.${name}`,
        value,
        why: "loads code that is not the function's",
      })),
    );
    if (evidence.length === 0) return uninspected(record);
    return { evidence, resources: named(record, "AWS::Lambda::Function", "functionName") };
  },
  runbook: [
    "Read what the variable loads, usually from a layer or from /tmp: it runs before the function, with its role and its events.",
    "Remove the variable (UpdateFunctionConfiguration) if nobody can explain it, and the layer that it loads from.",
    "Look at what the function's role did since then, and at the same actor's other functions.",
  ],
  falsePositives: ["Tracing and monitoring that is set up by hand."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
  ],
};
