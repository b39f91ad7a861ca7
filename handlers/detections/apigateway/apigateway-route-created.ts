import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const apigatewayRouteCreated: Detection = {
  id: "apigateway-route-created",
  title: "API or API route created or changed",
  severity: "low",
  attack: { technique: "T1546" },
  tier: "extended",
  noise: "work",
  events: [
    "apigateway:CreateApi",
    "apigateway:CreateApiMapping",
    "apigateway:CreateDomainName",
    "apigateway:CreateIntegration",
    "apigateway:CreateResource",
    "apigateway:CreateRestApi",
    "apigateway:CreateRoute",
    "apigateway:ImportRestApi",
    "apigateway:PutIntegration",
    "apigateway:PutMethod",
    "apigateway:PutRestApi",
    "apigateway:UpdateIntegration",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "apiId",
        "restApiId",
        "name",
        "createApiInput",
        "createRestApiInput",
        "routeKey",
        "createRouteInput",
        "integrationUri",
        "createIntegrationInput",
        "resourceId",
        "httpMethod",
        "uri",
        "putIntegrationInput",
        "domainName",
      ],
      [
        ...named(record, "AWS::ApiGatewayV2::Api", "apiId"),
        ...named(record, "AWS::ApiGateway::RestApi", "restApiId"),
      ],
    ),
  runbook: [
    "Ask the actor where the route leads: a function behind it can be called from the internet without any other change.",
    "Delete the route (DeleteRoute, DeleteMethod) or restore the integration if nobody can explain it.",
    "Look at the API's log for calls to the route since then.",
  ],
  falsePositives: ["A developer working on an API by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
  ],
};
