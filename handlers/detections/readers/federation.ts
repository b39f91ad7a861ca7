/**
 * Issuers of tokens that anybody can get, each with the claims that identify a token's owner. A trust policy must require a
 * fixed value for one of them; the audience is not among them if whoever requests a token may choose it.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const publicIssuers: Record<string, string[]> = {
  "accounts.google.com": ["aud", "oaud", "sub"],
  "agent.buildkite.com": ["sub", "organization_id", "organization_slug", "pipeline_id"],
  "api.gitpod.io/idp": ["sub"],
  "api.pulumi.com/oidc": ["aud", "sub"],
  "app.terraform.io": ["sub"],
  "appleid.apple.com": ["aud", "sub"],
  "cognito-identity.amazonaws.com": ["aud", "sub"],
  "gitlab.com": ["sub", "namespace_id", "namespace_path", "project_id", "project_path"],
  "graph.facebook.com": ["app_id", "id"],
  "oidc.codefresh.io": ["sub"],
  "oidc.modal.com": ["sub", "app_id", "workspace_id"],
  "oidc.vercel.com": ["aud", "sub"],
  "scalr.io": ["sub"],
  "token.actions.githubusercontent.com": [
    "sub",
    "actor_id",
    "enterprise",
    "enterprise_id",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
  ],
  "www.amazon.com": ["app_id", "user_id"],
};

/** Issuers without an ARN, which are named directly. */
const withoutArn = [
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
];

/**
 * The token issuer of a `Federated` principal; undefined for SAML, and for an EKS cluster, whose tokens only its workloads
 * get.
 */
export function issuerOf(principal: string): string | undefined {
  const name = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(principal)?.[1] ?? principal;
  if (principal.startsWith("arn:") ? name === principal : !withoutArn.includes(name)) return undefined;
  return ofCluster.test(name) ? undefined : name;
}

/** The host and path of an EKS cluster's issuer. */
export const ofCluster = /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//;

/** The issuer of an EKS cluster's tokens: `oidc.eks.eu-west-1.amazonaws.com/id/0A…`; undefined for other principals. */
export function clusterOf(principal: string): string | undefined {
  const name = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(principal)?.[1];
  return name !== undefined && ofCluster.test(name) ? name : undefined;
}

/** What an issuer says about a token's owner. */
export interface Claim {
  /** `token.actions.githubusercontent.com` */
  issuer: string;
  /** `sub` */
  claim: string;
}

/** The issuer and the claim of a condition key: `token.actions.githubusercontent.com:sub`; undefined for other keys. */
export function claimOf(key: string): Claim | undefined {
  const colon = key.lastIndexOf(":");
  const issuer = key.slice(0, colon);
  // No service prefix contains a dot.
  return colon > 0 && issuer.includes(".") ? { issuer, claim: key.slice(colon + 1) } : undefined;
}

/** Whether anybody can get a token from an issuer. */
export function isPublicIssuer(issuer: string): boolean {
  return Object.hasOwn(publicIssuers, issuer);
}

/** Whether a claim identifies a token's owner. For an issuer that is not public, every claim may. */
export function saysWhose(issuer: string, claim: string): boolean {
  return !isPublicIssuer(issuer) || publicIssuers[issuer]?.includes(claim) === true;
}

/** Claims that are paths starting with their owner's name. */
const ownedPaths = ["job_workflow_ref", "namespace_path", "project_path", "repository"];

/**
 * Whether a pattern of a claim leaves the token's owner open: `*`, `repo:*`, `repo:acme*` (another owner's name may start like
 * that), `*:ref:refs/heads/main`; not `repo:acme/*`, `acme/*`. An issuer that is not public has one owner, and its tokens a
 * form of its own (`org/0a1b…/project/*`): any beginning restricts them.
 */
export function leavesOwnerOpen({ issuer, claim }: Claim, pattern: string): boolean {
  const fixed = pattern.split(/[*?]|\$\{/, 1)[0] ?? "";
  if (fixed.length === pattern.length) return false;
  if (!isPublicIssuer(issuer)) return fixed === "";
  if (claim === "sub") return !/^[\w-]+:[^/:]+[/:]/.test(fixed);
  return !ownedPaths.includes(claim) || !/^[^/:]+\//.test(fixed);
}
