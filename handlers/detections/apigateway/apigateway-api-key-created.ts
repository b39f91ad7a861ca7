import { isTrue, parameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const apigatewayApiKeyCreated: Detection = {
  id: "apigateway-api-key-created",
  title: "API key created or read",
  severity: "low",
  attack: { technique: "T1552" },
  tier: "extended",
  noise: "work",
  events: [
    "apigateway:CreateApiKey",
    "apigateway:GetApiKey",
    "apigateway:GetApiKeys",
    "apigateway:ImportApiKeys",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    // Without the values, only names are listed.
    const lists = nameOf(record).startsWith("Get") && !isTrue(parameterOf(record, "includeValues"));
    if (lists && !isTrue(parameterOf(record, "includeValue"))) return undefined;
    return calledByHand(
      record,
      context,
      ["name", "apiKey", "includeValues", "includeValue", "customerId"],
      named(record, "AWS::ApiGateway::ApiKey", "apiKey", "name"),
    );
  },
  runbook: [
    "Ask the actor what they need the keys for.",
    "Delete keys that nobody knows, and renew those that were read without reason.",
    "Look at the usage of the keys since then, by address.",
  ],
  falsePositives: ["A developer who reads or creates API keys for the first time."],
  references: [
    "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html",
  ],
};
