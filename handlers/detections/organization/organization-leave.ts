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
    // The attempt is the signal; a call that failed for another reason (throttled, not in an organization) is none.
    if (!succeeded(record) && !wasRefused(record)) return undefined;
    return {
      evidence: evidenceAt(record, "errorCode"),
      resources: resourcesOf("AWS::Organizations::Account", accountOf(record)),
    };
  },
  runbook: [
    "See from errorCode whether the account is out: then service control policies, organization trail and delegated security services no longer hold.",
    "If it is out, call the owner of the payer account; only an invitation from the management account brings it back.",
    "Contain the actor at once: nobody leaves an organization by mistake, and deny organizations:LeaveOrganization by a service control policy.",
  ],
  falsePositives: ["An account that is handed over to another organization, on a known day."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_leave-as-member.html",
  ],
};
