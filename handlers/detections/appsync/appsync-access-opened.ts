import { fieldOf, objectsOf, parameterOf, requestOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const appsyncAccessOpened: Detection = {
  id: "appsync-access-opened",
  title: "GraphQL API opened to a key",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "extended",
  noise: "work",
  events: ["appsync:CreateApiKey", "appsync:CreateGraphqlApi", "appsync:UpdateGraphqlApi"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    const providers = [
      requestOf(record),
      ...objectsOf(parameterOf(record, "additionalAuthenticationProviders")),
    ];
    const isOpen = providers.some((provider) => fieldOf(provider, "authenticationType") === "API_KEY");
    if (nameOf(record) !== "CreateApiKey" && !isOpen) return uninspected(record);
    return {
      evidence: shown(
        record,
        "apiId",
        "expires",
        "authenticationType",
        "additionalAuthenticationProviders",
        "name",
      ),
      resources: named(record, "AWS::AppSync::GraphQLApi", "apiId"),
    };
  },
  runbook: [
    "Find out what the API returns to whoever has the key: it does not say who they are, and is part of every client.",
    "Delete the key, or restore the earlier way to sign in, unless the API is meant to be public.",
    "Read the API's log for unknown callers since then.",
  ],
  falsePositives: ["A developer's first key for a public API."],
  references: [
    "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
    "https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateApiKey.html",
  ],
};
