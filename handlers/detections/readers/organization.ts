import type { DetectionContext } from "../../settings";
import { matchesPattern } from "../../pattern";

/**
 * Whether an organization, given by its id (`o-…`) or by the path of a unit in it (`o-…/r-…/ou-…/*`), is this account's. A
 * path is, unless the configuration names paths and it is below none of them. Undefined: no organization is configured.
 */
export function isOwnOrganization(idOrPath: string, { organization }: DetectionContext): boolean | undefined {
  if (organization === undefined) return undefined;
  const [id, ...units] = idOrPath.split("/");
  if (id !== organization.id) return false;
  // `o-…/*` is the whole organization, like its id.
  if (organization.paths.length === 0 || units.every((unit) => unit === "" || unit === "*")) return true;
  return organization.paths.some((path) =>
    matchesPattern(`${path.replace(/\/?\*?$/, "")}/*`, `${idOrPath}/`),
  );
}

/**
 * Whether an organization or unit that something is shared with is this account's: by the configured id, or by the
 * management account in the ARN.
 *
 * @param arn `arn:aws:organizations::111122223333:organization/o-…`, `arn:aws:organizations::111122223333:ou/o-…/ou-…`
 */
export function isOwnOrganizationArn(arn: string, context: DetectionContext): boolean {
  const [, , service, , manager = "", resource = ""] = arn.split(":");
  if (service !== "organizations") return false;
  const { organization, account, trustedAccounts } = context;
  const [, id, unit] = resource.split("/");
  if (organization === undefined) return manager === account || trustedAccounts.includes(manager);
  if (id !== organization.id) return false;
  return (
    unit === undefined ||
    organization.paths.length === 0 ||
    organization.paths.some((path) => path.split("/").includes(unit))
  );
}
