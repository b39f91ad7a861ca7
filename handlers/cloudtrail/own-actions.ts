import { fieldsOf, plainTextOf } from "../json";
import { type CloudTrailRecord } from "./record";
import type { Settings } from "../settings";

/**
 * Whether a session of the detector's own role made the call. The issuer's full ARN decides, which AWS writes and nobody can
 * choose: a role of the same name in another account, or under another path, is another role.
 */
export function isOwnAction(
  record: CloudTrailRecord,
  settings: Pick<Settings, "account" | "roleName">,
): boolean {
  const issuer = fieldsOf(fieldsOf(fieldsOf(record.userIdentity).sessionContext).sessionIssuer);
  const [, , service, , account, resource] = plainTextOf(issuer.arn).split(":");
  return service === "iam" && account === settings.account && resource === `role/${settings.roleName}`;
}
