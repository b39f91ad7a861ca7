import { accountOf, succeeded, wasRefused } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

export const organizationLeave: Detection = {
  id: "organization-leave",
  title: "Attempt to leave the organization",
  severity: "critical",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  noise: "none",
  events: ["organizations:LeaveOrganization"],
  outcome: "any",
  remediation: "alert",
  match(record) {
    // The attempt is the signal; a call that failed for another reason (throttled, not in an organization) is not.
    if (!succeeded(record) && !wasRefused(record)) return undefined;
    return {
      evidence: evidenceAt(record, "errorCode"),
      resources: resourcesOf("AWS::Organizations::Account", accountOf(record)),
    };
  },
  runbook: [
    "Check errorCode to see whether the account has left: then service control policies, the organization trail and delegated security services no longer apply.",
    "If it has left, call the owner of the payer account; only an invitation from the management account brings it back.",
    "Contain the actor at once: nobody leaves an organization by mistake. Deny organizations:LeaveOrganization with a service control policy.",
  ],
  falsePositives: ["An account that moves to another organization on a known day."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_leave-as-member.html",
  ],
};
