import { succeeded, wasRefused } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";

export const accountClosed: Detection = {
  id: "account-closed",
  title: "Account closed or removed",
  severity: "critical",
  attack: { technique: "T1531" },
  tier: "extended",
  noise: "none",
  events: [
    "account:CloseAccount",
    "account:RemoveAccountFromOrganization",
    "organizations:CloseAccount",
    "organizations:RemoveAccountFromOrganization",
  ],
  outcome: "any",
  remediation: "alert",
  match(record) {
    // A denied attempt is reported, too; a call that failed for another reason is not.
    if (!succeeded(record) && !wasRefused(record)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.accountId", "errorCode"),
      resources: resourcesOf(
        "AWS::Organizations::Account",
        textParameterOf(record, "accountId") ?? record.recipientAccountId,
      ),
    };
  },
  runbook: [
    "Call the owner of the account; if nobody wanted this, open a case with AWS Support: a closed account can be reopened for 90 days.",
    "Contain the actor in the management account: with these permissions, every account can be closed.",
    "Look for other attempts, and for changes to service control policies just before.",
  ],
  falsePositives: ["A sandbox or an old account that is closed intentionally."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
  ],
};
