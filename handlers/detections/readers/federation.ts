/**
 * Issuers of tokens that anybody can get: for each, the claims that say whose token it is. A trust policy must hold one of
 * them to something fixed; the audience is none of them where whoever asks for a token may choose it.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const publicIssuers: Record<string, string[]> = {
  "accounts.google.com": ["aud", "oaud", "sub"],
  "agent.buildkite.com": ["sub", "organization_id", "organization_slug", "pipeline_id"],
  "api.pulumi.com/oidc": ["aud", "sub"],
  "app.terraform.io": ["sub"],
  "cognito-identity.amazonaws.com": ["aud", "sub"],
  "gitlab.com": ["sub", "namespace_id", "namespace_path", "project_id", "project_path"],
  "graph.facebook.com": ["app_id", "id"],
  "oidc.codefresh.io": ["sub"],
  "oidc.vercel.com": ["aud", "sub"],
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

/** Issuers whose names do not stand in an ARN: they are named as they are. */
const withoutArn = [
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
];

/**
 * The issuer of tokens that a `Federated` principal means; undefined for SAML, and for an EKS cluster's, whose tokens only
 * what runs in it gets.
 */
export function issuerOf(principal: string): string | undefined {
  const name = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(principal)?.[1] ?? principal;
  if (principal.startsWith("arn:") ? name === principal : !withoutArn.includes(name)) return undefined;
  return /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//.test(name) ? undefined : name;
}

/** The issuer and the claim of a condition key: `token.actions.githubusercontent.com:sub`; undefined for other keys. */
export function claimOf(key: string): { issuer: string; claim: string } | undefined {
  const colon = key.lastIndexOf(":");
  const issuer = key.slice(0, colon);
  // No prefix of a service has a dot in it.
  return colon > 0 && issuer.includes(".") ? { issuer, claim: key.slice(colon + 1) } : undefined;
}

/** Whether anybody can get a token of an issuer. */
export function isPublicIssuer(issuer: string): boolean {
  return Object.hasOwn(publicIssuers, issuer);
}

/** Whether a claim says whose a token is. Of an issuer that is not everybody's, each may. */
export function saysWhose(issuer: string, claim: string): boolean {
  return !isPublicIssuer(issuer) || publicIssuers[issuer]?.includes(claim) === true;
}

/** Claims that are paths which begin with their owner's name. */
const ownedPaths = ["job_workflow_ref", "namespace_path", "project_path", "repository"];

/**
 * Whether a pattern of a claim leaves open whose token it is: `*`, `repo:*`, `repo:acme*` (so begins another owner's name as
 * well), `*:ref:refs/heads/main`; not `repo:acme/*`, `acme/*`.
 */
export function leavesOwnerOpen(claim: string, pattern: string): boolean {
  const fixed = pattern.split(/[*?]|\$\{/, 1)[0] ?? "";
  if (fixed.length === pattern.length) return false;
  if (claim === "sub") return !/^[\w-]+:[^/:]+[/:]/.test(fixed);
  return !ownedPaths.includes(claim) || !/^[^/:]+\//.test(fixed);
}
