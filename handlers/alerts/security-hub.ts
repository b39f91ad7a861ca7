import type { CallAws } from "../aws/call";
import { listOf } from "../json";
import { problemOf, problemOfEntry } from "../problem";
import type { Settings } from "../settings";
import type { Alert } from "./alert";
import { asffOf, type Import } from "./asff";

/** Imports findings into Security Hub. */
export interface SecurityHubPublisher {
  /**
   * Imports a finding, or what has become of it.
   *
   * @returns why Security Hub did not take it; undefined if it did, or if the stack does not import findings
   */
  import(alert: Alert, what?: Omit<Import, "home">): Promise<string | undefined>;
}

/**
 * Creates the publisher. It never throws: whoever gets alerts by e-mail hears what Security Hub did not take.
 *
 * Only BatchImportFindings is called. BatchUpdateFindings belongs to the people who investigate; and whoever may call it may
 * hide findings of others.
 *
 * Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function createSecurityHubPublisher(
  aws: CallAws,
  { securityHub, account, region }: Pick<Settings, "securityHub" | "account" | "region">,
): SecurityHubPublisher {
  return {
    async import(alert, what) {
      if (!securityHub) return undefined;
      try {
        const answer = await aws({
          service: "securityhub",
          operation: "BatchImportFindings",
          region,
          // A finding in a member also belongs to the account that imports it.
          input: { Findings: [asffOf(alert, { ...what, home: { account, region } })] },
        });
        const [failed] = listOf(answer.FailedFindings);
        const isRefused = failed !== undefined || Number(answer.FailedCount) > 0;
        return isRefused ? problemOfEntry(failed) : undefined;
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}
