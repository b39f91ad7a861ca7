import { fieldsOf, plainTextOf } from "../json";
import { accountOf, type CloudTrailRecord } from "./record";
import type { Settings } from "../settings";

/**
 * Whether a session of the detector's own role made the call. The issuer's full ARN decides, which AWS writes and nobody can
 * choose: a role of the same name in another account, or under another path, is another role.
 */
export function isOwnAction(
  record: CloudTrailRecord,
  settings: Pick<Settings, "account" | "roleName" | "accounts" | "memberRole">,
): boolean {
  const issuer = fieldsOf(fieldsOf(fieldsOf(record.userIdentity).sessionContext).sessionIssuer);
  const [, , service, , account, resource] = plainTextOf(issuer.arn).split(":");
  if (service !== "iam" || account === undefined) return false;
  if (account === settings.account) return resource === `role/${settings.roleName}`;
  // Its role in a member acts in that member only.
  const isThere = settings.accounts?.[account]?.member === true && accountOf(record) === account;
  return isThere && settings.memberRole !== undefined && resource === `role/${settings.memberRole}`;
}
