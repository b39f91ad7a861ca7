import { uninspected } from "../readers/uninspected";
import type { Severity } from "../../settings";
import { type Fields, fieldsOf, textOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { isFalse, objectsOf, parameterOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";

/** Sources so busy that AWS offers to exclude them; excluding any other hides something. */
const busySources = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

interface Weakness {
  evidence: Evidence[];
  severity: Severity;
}

export const cloudtrailEventSelectorsWeakened: Detection = {
  id: "cloudtrail-event-selectors-weakened",
  title: "CloudTrail event selectors weakened",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["cloudtrail:PutEventSelectors"],
  remediation: "read-modify",
  match(record) {
    const weakness = ofBasicSelectors(record) ?? ofAdvancedSelectors(record);
    if (weakness === undefined) return uninspected(record);
    const resources = resourcesOf("AWS::CloudTrail::Trail", textParameterOf(record, "trailName"));
    return { ...weakness, resources };
  },
  runbook: [
    "Read the trail's selectors (aws cloudtrail get-event-selectors) and restore them: management events, read and write, no source excluded but KMS and RDS Data.",
    "In CloudTrail's event history, which records management events whatever a trail selects, look up what the actor did since then.",
    "If nobody planned the change, treat the actor as compromised: narrowing what is recorded is preparation.",
  ],
  falsePositives: [
    "A trail for data events only, beside another one that records management events.",
    "Write-only management events, chosen to save cost (reported as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html",
  ],
};

function ofBasicSelectors(record: CloudTrailRecord): Weakness | undefined {
  const parameter = "requestParameters.eventSelectors";
  const selectors = objectsOf(parameterOf(record, "eventSelectors"));
  if (selectors.length === 0) return undefined;
  const management = selectors.filter((selector) => !isFalse(selector.includeManagementEvents));
  const evidence: Evidence[] = management.flatMap((selector) =>
    leftOut(textsOf(selector.excludeManagementEventSources), `${parameter}[].excludeManagementEventSources`),
  );
  const types = management.map((selector) => textOf(selector.readWriteType) ?? "All");
  const reads = types.includes("All") || types.includes("ReadOnly");
  const writes = types.includes("All") || types.includes("WriteOnly");
  if (management.length < selectors.length)
    evidence.push({
      parameter: `${parameter}[].includeManagementEvents`,
      value: false,
      why:
        management.length === 0
          ? "no management events are recorded"
          : "a selector excludes management events",
    });
  else if (!reads || !writes)
    evidence.push({ parameter: `${parameter}[].readWriteType`, value: types, why: missing(reads) });
  if (evidence.length === 0) return undefined;
  const isMild = writes && evidence.every(({ parameter: path }) => !path.endsWith("Sources"));
  return { evidence, severity: isMild ? "medium" : "high" };
}

function ofAdvancedSelectors(record: CloudTrailRecord): Weakness | undefined {
  const parameter = "requestParameters.advancedEventSelectors";
  const selectors = objectsOf(parameterOf(record, "advancedEventSelectors"));
  if (selectors.length === 0) return undefined;
  const management = selectors.filter((selector) =>
    fieldIn(selector, "eventCategory", "equals").includes("Management"),
  );
  if (management.length === 0)
    return {
      evidence: [{ parameter, value: selectors, why: "no management events are recorded" }],
      severity: "high",
    };
  const evidence = management.flatMap((selector) => narrowed(selector, parameter));
  if (evidence.length > 0) return { evidence, severity: "high" };
  const modes = management.map((selector) => fieldIn(selector, "readOnly", "equals"));
  const reads = modes.some((mode) => mode.length === 0 || mode.includes("true"));
  const writes = modes.some((mode) => mode.length === 0 || mode.includes("false"));
  if (reads && writes) return undefined;
  return {
    evidence: [{ parameter: `${parameter}[].fieldSelectors[]`, value: management, why: missing(reads) }],
    severity: writes ? "medium" : "high",
  };
}

/** Fields that a selector of management events may have without leaving anything out, or that are judged elsewhere. */
const judgedFields = ["eventCategory", "readOnly"];

/** What a selector of management events leaves out: those of some sources, or all but those of some field's values. */
function narrowed(selector: Fields, parameter: string): Evidence[] {
  const path = `${parameter}[].fieldSelectors[]`;
  return objectsOf(selector.fieldSelectors)
    .filter(({ field }) => !judgedFields.includes(textOf(field) ?? ""))
    .flatMap((one): Evidence[] => {
      const { notEquals, field, ...others } = one;
      const isOther = Object.values(others).some((values) => textsOf(values).length > 0);
      if (field === "eventSource" && !isOther) return leftOut(textsOf(notEquals), `${path}.notEquals`);
      if (!isOther && textsOf(notEquals).length === 0) return [];
      return [{ parameter: path, value: one, why: `only some events are recorded, by ${textOf(field)}` }];
    });
}

/** The values of one operator in the selectors of one field. */
function fieldIn(selector: Fields, field: string, operator: string): string[] {
  return objectsOf(selector.fieldSelectors)
    .filter((one) => one.field === field)
    .flatMap((one) => textsOf(fieldsOf(one)[operator]));
}

function leftOut(sources: string[], parameter: string): Evidence[] {
  return sources
    .filter((source) => !busySources.includes(source))
    .map((value) => ({ parameter, value, why: "is no longer recorded" }));
}

function missing(reads: boolean): string {
  return reads ? "write calls are not recorded" : "read calls are not recorded";
}
