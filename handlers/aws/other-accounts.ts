import type { Settings } from "../settings";
import type { OtherAccounts } from "./clients";
import { isMember } from "../accounts";
import { partitionOf } from "./regions";

/**
 * The roles with which the function calls in other accounts: its own role in members, and one in the bucket's account to read
 * the bucket's policy.
 */
export function otherAccounts(
  settings: Pick<Settings, "account" | "region" | "source" | "accounts" | "memberRole">,
): OtherAccounts {
  const { account, region, source, memberRole } = settings;
  return {
    home: account,
    region,
    roleIn(other) {
      if (isMember(settings, other) && memberRole !== undefined)
        return `arn:${partitionOf(region)}:iam::${other}:role/${memberRole}`;
      return other === source?.account ? source.policyReader : undefined;
    },
  };
}
