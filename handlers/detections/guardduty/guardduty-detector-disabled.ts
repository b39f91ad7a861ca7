import { fieldOf, isFalse, objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { type Fields, fieldsOf, plainTextOf } from "../../json";
import type { Detection, Evidence, Match } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const guarddutyDetectorDisabled: Detection = {
  id: "guardduty-detector-disabled",
  title: "GuardDuty detector disabled",
  severity: "critical",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "core",
  noise: "none",
  events: [
    "guardduty:UpdateDetector",
    "guardduty:UpdateMemberDetectors",
    "guardduty:UpdateOrganizationConfiguration",
  ],
  remediation: "inverse",
  match(record) {
    const whole = isFalse(parameterOf(record, "enable"));
    const parts = [...featuresOff(record), ...sourcesOff(record), ...membersOff(record)];
    if (!whole && parts.length === 0) return uninspected(record);
    const asked = evidenceAt(record, "requestParameters.detectorId", "requestParameters.accountIds");
    return {
      evidence: [...(whole ? evidenceAt(record, "requestParameters.enable") : []), ...parts, ...asked],
      resources: [
        ...resourcesOf("AWS::GuardDuty::Detector", valueAt(record, "requestParameters.detectorId")),
        ...resourcesOf("AWS::Organizations::Account", ...textsOf(parameterOf(record, "accountIds"))),
      ],
      ...(whole ? {} : inPart[nameOf(record)]),
      ...(!whole && isOnlyManagement(parts) ? { severity: "medium" } : {}),
    };
  },
  runbook: [
    "Enable the detector again (aws guardduty update-detector --enable) in the region of the event.",
    "Check all regions: whoever disables one detector tends to disable the others.",
    "Read the last findings before that: what was about to be noticed, and on which resource?",
  ],
  falsePositives: [
    "A region that is retired, in an organization without auto-enable.",
    "A protection dropped to save cost (reported as high; for new members, as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html",
  ],
};

/** The title of a call that disables a part, or only future members. */
const inPart: Record<string, Pick<Match, "title" | "severity">> = {
  UpdateDetector: { title: "GuardDuty protection disabled", severity: "high" },
  UpdateMemberDetectors: { title: "GuardDuty protection of members disabled", severity: "high" },
  UpdateOrganizationConfiguration: {
    title: "GuardDuty no longer enabled for new members",
    severity: "medium",
  },
};

/** Features whose status is DISABLED, and parts of them; for an organization, those that new members do not get. */
function featuresOff(record: CloudTrailRecord): Evidence[] {
  return objectsOf(parameterOf(record, "features")).flatMap((feature, index) => {
    const parameter = `requestParameters.features[${index}]`;
    const isOff = (one: Fields) =>
      fieldOf(one, "status") === "DISABLED" || fieldOf(one, "autoEnable") === "NONE";
    const parts = objectsOf(fieldOf(feature, "additionalConfiguration")).filter(isOff);
    const names = (isOff(feature) ? [feature] : parts).map((one) => plainTextOf(fieldOf(one, "name")));
    return names.map((value) => ({ parameter, value, why: "is off from now on" }));
  });
}

/**
 * Whether only the management of agents is off (`ECS_FARGATE_AGENT_MANAGEMENT`): what runs already goes on reporting, and
 * whoever enables a feature without it turns off nothing.
 */
function isOnlyManagement(parts: Evidence[]): boolean {
  return parts.every(({ value }) => typeof value === "string" && value.endsWith("_MANAGEMENT"));
}

/**
 * The older form: `{"s3Logs": {"enable": false}, "malwareProtection": {"scanEc2InstanceWithFindings": {"ebsVolumes":
 * false}}}`.
 */
function sourcesOff(record: CloudTrailRecord): Evidence[] {
  const path = "requestParameters.dataSources";
  const off = (value: unknown, at: string, depth: number): Evidence[] => {
    if (isFalse(value)) return [{ parameter: at, value, why: "is off from now on" }];
    // AWS nests three deep.
    if (depth === 0) return [];
    return Object.entries(fieldsOf(value)).flatMap(([name, inner]) => off(inner, `${at}.${name}`, depth - 1));
  };
  return off(parameterOf(record, "dataSources"), path, 4);
}

/** For an organization: whether new members are enabled automatically. */
function membersOff(record: CloudTrailRecord): Evidence[] {
  return ["autoEnable", "autoEnableOrganizationMembers"].flatMap((name) => {
    const value = parameterOf(record, name);
    return isFalse(value) || value === "NONE"
      ? [{ parameter: `requestParameters.${name}`, value, why: "new members are not watched from now on" }]
      : [];
  });
}
