import type { Detection, Evidence } from "../detection";
import { isFalse, parameterOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import { calledByHand } from "../readers/by-hand";
import { parameterPath } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const securityMembersUnwatched: Detection = {
  id: "security-members-unwatched",
  title: "Security service no longer enabled for new accounts or controls",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "detective:UpdateOrganizationConfiguration",
    "inspector2:UpdateOrganizationConfiguration",
    "macie2:UpdateOrganizationConfiguration",
    "securityhub:UpdateOrganizationConfiguration",
    "securityhub:UpdateSecurityHubConfiguration",
  ],
  remediation: "alert",
  match(record, context) {
    const evidence = switchedOff(record);
    if (evidence.length === 0) return uninspected(record);
    const match = calledByHand(record, context, []);
    return match === undefined ? undefined : { ...match, evidence };
  },
  runbook: [
    "Enable it for new accounts or controls again unless the security team gave it up.",
    "List the accounts that joined since then, and enable the service there.",
    "Look at what the same actor did before and after, in the members as well.",
  ],
  falsePositives: ["An organization that enables the service by policy or code instead."],
  references: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateOrganizationConfiguration.html",
    "https://docs.aws.amazon.com/inspector/v2/APIReference/API_UpdateOrganizationConfiguration.html",
    "https://docs.aws.amazon.com/macie/latest/APIReference/admin-configuration.html",
  ],
};

/** What is off from now on. Inspector's setting is an object: `{"ec2": false, "ecr": false}`. */
function switchedOff(record: CloudTrailRecord): Evidence[] {
  return ["autoEnable", "autoEnableControls"].flatMap((name) => {
    const value = parameterOf(record, name);
    const parts = Object.values(fieldsOf(value)).filter((one) => one !== null);
    const isOff = isFalse(value) || (parts.length > 0 && parts.every(isFalse));
    return isOff ? [{ parameter: parameterPath(record, name), value }] : [];
  });
}
