import type { Difference } from "../alerts/summaries";
import type { CallAws } from "../aws/call";
import { noRole } from "../aws/clients";
import { accountName, membersOf } from "../accounts";
import { isPassing } from "../aws/retries";
import { forEachAtMost } from "../concurrency";
import { problemOfCall } from "../problem";
import type { Settings } from "../settings";

/** What the check of members needs. */
export interface MembersCheckDependencies {
  settings: Pick<Settings, "account" | "accounts" | "memberRole" | "region">;
  aws: CallAws;
}

/** Members that are asked at once. */
const atATime = 8;

/**
 * Creates the check of the role in every member, which returns those that are unprotected: what happens there is found in the
 * log files, and never fixed. A StackSet skips the management account, and somebody may have deleted a role.
 *
 * @throws a passing error of AWS
 */
export function createMembersCheck({ settings, aws }: MembersCheckDependencies): () => Promise<Difference[]> {
  const { region, memberRole } = settings;

  const problemIn = async (account: string): Promise<string | undefined> => {
    try {
      await aws({ account, service: "sts", operation: "GetCallerIdentity", region, input: {} });
      return undefined;
    } catch (error) {
      if (isPassing(error)) throw error;
      return (error as Error).name === noRole ? "it cannot be assumed" : problemOfCall(error);
    }
  };

  return async () => {
    const unprotected: Difference[] = [];
    const members = membersOf(settings);
    const results = await forEachAtMost(atATime, members, problemIn);
    results.forEach((result, index) => {
      if (result.status === "rejected") throw result.reason;
      if (result.value === undefined) return;
      unprotected.push({
        part: `account ${accountName(settings, members[index] ?? "")}`,
        by: "AssumeRole",
        declared: `the role ${memberRole}`,
        found: result.value,
        means: "what is found there is alerted, and never fixed",
        repair:
          "deploy the template that `npx cloudtrailer member-template` prints there, or add the account to `organization.exclude`",
      });
    });
    return unprotected;
  };
}
