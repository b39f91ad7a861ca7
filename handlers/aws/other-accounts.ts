import type { Settings } from "../settings";
import type { OtherAccounts } from "./clients";

/** The roles with which the function calls in other accounts: in the bucket's, to read the bucket's policy. */
export function otherAccounts({
  account,
  region,
  source,
}: Pick<Settings, "account" | "region" | "source">): OtherAccounts {
  return {
    home: account,
    region,
    roleIn: (other) => (other === source?.account ? source.policyReader : undefined),
  };
}
