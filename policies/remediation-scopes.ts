import { actionsWithoutResource } from "./actions-without-resource";
import type { Place, Statement } from "./document";

/**
 * Resources of a service that a remediation may touch, as ARN patterns; in the account alone wherever the ARN says so.
 * A service that is not here has ARNs of the usual form, `arn:<partition>:<service>:<region>:<account>:…`.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const patternsOfService: Record<string, (place: Place) => string[]> = {
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
  // A web ACL is associated with resources of other services; REST APIs have no account in their ARN.
  wafv2: ({ partition, account }) => [
    `arn:${partition}:wafv2:*:${account}:*`,
    `arn:${partition}:apigateway:*::/restapis/*`,
    `arn:${partition}:appsync:*:${account}:*`,
    `arn:${partition}:cognito-idp:*:${account}:*`,
    `arn:${partition}:elasticloadbalancing:*:${account}:loadbalancer/app/*`,
  ],
};

/** What narrows a service whose ARNs do not hold the account. */
const conditionOfService: Record<string, (place: Place) => Statement["Condition"]> = {
  s3: ({ account }) => ({ StringEquals: { "aws:ResourceAccount": account } }),
};

/**
 * Statements that allow `actions`: one per service, on that service's resources in this account, and one for the
 * actions that IAM cannot narrow. Sorted, so that the same actions make the same text.
 */
export function statementsFor(actions: string[], place: Place): Statement[] {
  const wanted = [...new Set(actions)].sort();
  const everywhere = wanted.filter((action) => actionsWithoutResource.includes(action));
  const services = [...new Set(wanted.map(serviceOf))];
  const narrowed = services.flatMap((service): Statement[] => {
    const ofService = wanted.filter(
      (action) => serviceOf(action) === service && !everywhere.includes(action),
    );
    if (ofService.length === 0) return [];
    const condition = conditionOfService[service]?.(place);
    return [
      {
        Sid: `Remediate${service.charAt(0).toUpperCase()}${service.slice(1).replace(/[^a-z0-9]/g, "")}`,
        Effect: "Allow",
        Action: ofService,
        Resource: patternsOfService[service]?.(place) ?? [
          `arn:${place.partition}:${service}:*:${place.account}:*`,
        ],
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ];
  });
  if (everywhere.length === 0) return narrowed;
  return [
    ...narrowed,
    { Sid: "RemediateWhatHasNoResource", Effect: "Allow", Action: everywhere, Resource: ["*"] },
  ];
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}
