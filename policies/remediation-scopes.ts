import { actionsWithoutResource } from "./actions-without-resource";
import type { Place, Statement } from "./document";

/**
 * Resources of a service that a remediation may touch, as ARN patterns; in the account alone wherever the ARN says so.
 * A service that is not here has ARNs of the usual form, `arn:<partition>:<service>:<region>:<account>:…`.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const patternsOfService: Record<string, (place: Place) => string[]> = {
  // APIs have no account in their ARN.
  apigateway: ({ partition }) => [`arn:${partition}:apigateway:*::/*`],
  cloudtrail: ({ partition, account }) => [`arn:${partition}:cloudtrail:*:${account}:trail/*`],
  // Images and snapshots have no account in their ARN.
  ec2: ({ partition, account }) => [
    `arn:${partition}:ec2:*:${account}:*`,
    `arn:${partition}:ec2:*::image/*`,
    `arn:${partition}:ec2:*::snapshot/*`,
  ],
  iam: ({ partition, account }) =>
    ["group", "oidc-provider", "policy", "role", "saml-provider", "user"].map(
      (type) => `arn:${partition}:iam::${account}:${type}/*`,
    ),
  kms: ({ partition, account }) => [`arn:${partition}:kms:*:${account}:key/*`],
  // The policies that AWS brings along are in none of its customers' accounts.
  organizations: ({ partition, account }) => [
    `arn:${partition}:organizations::${account}:*`,
    `arn:${partition}:organizations::aws:policy/*`,
  ],
  // Buckets have no account in their ARN: see `conditionOfService`.
  s3: ({ partition }) => [`arn:${partition}:s3:::*`],
  // A web ACL is associated with resources of other services.
  wafv2: (place) => [ofAccount("wafv2", place), ...protectedByWebAcl(place)],
  "waf-regional": (place) => [ofAccount("waf-regional", place), ...protectedByWebAcl(place)],
  apprunner: (place) => [ofAccount("apprunner", place), ofAccount("wafv2", place)],
  "cognito-idp": (place) => [ofAccount("cognito-idp", place), ofAccount("wafv2", place)],
};

function ofAccount(service: string, { partition, account }: Place): string {
  return `arn:${partition}:${service}:*:${account}:*`;
}

function protectedByWebAcl({ partition, account }: Place): string[] {
  return [
    `arn:${partition}:amplify:*:${account}:apps/*`,
    `arn:${partition}:apigateway:*::/restapis/*`,
    `arn:${partition}:apprunner:*:${account}:service/*`,
    `arn:${partition}:appsync:*:${account}:apis/*`,
    `arn:${partition}:cognito-idp:*:${account}:userpool/*`,
    `arn:${partition}:ec2:*:${account}:verified-access-instance/*`,
    `arn:${partition}:elasticloadbalancing:*:${account}:loadbalancer/app/*`,
  ];
}

/** What narrows a service whose ARNs do not hold the account. */
const conditionOfService: Record<string, (place: Place) => Statement["Condition"]> = {
  s3: ({ account }) => ({ StringEquals: { "aws:ResourceAccount": account } }),
};

/** What narrows an action that could widen somebody's permissions. */
const conditionOfAction: Record<string, (place: Place) => Statement["Condition"]> = {
  // The quarantine policies that AWS itself attaches to users whose keys have leaked: they only deny.
  "iam:AttachUserPolicy": ({ partition }) => ({
    ArnLikeIfExists: { "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AWSCompromisedKeyQuarantine*` },
  }),
  // A trail, recorder, flow log or replication rule that is brought back keeps the role that it had.
  "iam:PassRole": () => ({
    StringEqualsIfExists: {
      "iam:PassedToService": [
        "bedrock.amazonaws.com",
        "cloudtrail.amazonaws.com",
        "config.amazonaws.com",
        "s3.amazonaws.com",
        "vpc-flow-logs.amazonaws.com",
      ],
    },
  }),
};

/**
 * Statements that allow `actions`: one per service, on that service's resources in this account, one for each action
 * that wants a condition of its own, and one for the actions that IAM cannot narrow. Sorted, so that the same actions
 * make the same text.
 */
export function statementsFor(actions: string[], place: Place): Statement[] {
  const wanted = [...new Set(actions)].sort();
  const everywhere = wanted.filter((action) => actionsWithoutResource.includes(action));
  const narrow = wanted.filter((action) => !everywhere.includes(action));
  const special = narrow.filter((action) => Object.hasOwn(conditionOfAction, action));
  const usual = narrow.filter((action) => !special.includes(action));
  const services = [...new Set(usual.map(serviceOf))];
  return [
    ...services.map((service) =>
      allow(
        service,
        usual.filter((action) => serviceOf(action) === service),
        resourcesOf(service, place),
        conditionOfService[service]?.(place),
      ),
    ),
    ...special.map((action) =>
      allow(action, [action], resourcesOf(serviceOf(action), place), conditionOfAction[action]?.(place)),
    ),
    ...(everywhere.length === 0 ? [] : [allow("what has no resource", everywhere, ["*"])]),
  ];
}

function allow(
  what: string,
  Action: string[],
  Resource: string[],
  Condition?: Statement["Condition"],
): Statement {
  const words = what.split(/[^A-Za-z0-9]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const statement: Statement = { Sid: `Remediate${words.join("")}`, Effect: "Allow", Action, Resource };
  return Condition === undefined ? statement : { ...statement, Condition };
}

function resourcesOf(service: string, place: Place): string[] {
  return patternsOfService[service]?.(place) ?? [ofAccount(service, place)];
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}
