import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, listOf, plainTextOf, textOf, sameJson } from "../../json";
import { fieldOf, isFalse, nameInArn, objectsOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/** Sources whose management events may be excluded: AWS offers that because there are so many. */
const excludable = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/** The maximum number of basic selectors of a trail. */
const maxSelectors = 5;

/**
 * Makes the trail log all management events again. With a baseline, the earlier selectors are restored; without one, what
 * the event left of them stays, above all data resources, and only management events are added.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export const fixCloudtrailEventSelectorsWeakened: Remediation = {
  id: "cloudtrail-event-selectors-weakened",
  reads: ["cloudtrail:GetEventSelectors"],
  writes: ["cloudtrail:PutEventSelectors"],
  baselines: ["trail"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["trailName"]);
    if ("outcome" in asked) return asked;
    const { trailName } = asked.values;
    const call = callsTo("cloudtrail", finding.region);
    const answer = await unlessGone(aws(call("GetEventSelectors", { TrailName: trailName })), [
      "TrailNotFoundException",
    ]);
    if (answer === undefined) return changedSince(`the trail ${trailName} is gone`);
    const live = selectorsOf(answer);
    if (logsAllManagement(live)) return alreadyOk(`the trail ${trailName} logs all management events`);
    if (!sameJson(live, selectorsOf(fieldsOf(finding.record.requestParameters))))
      return changedSince(`the selectors of the trail ${trailName} were set again`);
    const baseline = await baselineFor(context, baselineKinds.trail, finding.region, nameInArn(trailName));
    const kept =
      baseline?.GetEventSelectors === undefined ? undefined : selectorsOf(baseline.GetEventSelectors);
    const wanted = kept !== undefined && logsAllManagement(kept) ? kept : withManagement(live);
    return {
      summary: `Log all management events in the trail ${trailName} again`,
      calls: [call("PutEventSelectors", { TrailName: trailName, ...inputOf(wanted) })],
      rollback: [call("PutEventSelectors", { TrailName: trailName, ...inputOf(live) })],
    };
  },
};

/** Selectors with the SDK's member names and AWS's defaults filled in, so that they can be compared. */
interface Selectors {
  basic: {
    ReadWriteType: string;
    IncludeManagementEvents: boolean;
    DataResources: { Type: string; Values: string[] }[];
    ExcludeManagementEventSources: string[];
  }[];
  advanced: { Name?: string; FieldSelectors: FieldSelector[] }[];
}

interface FieldSelector {
  Field: string;
  [operator: string]: string | string[];
}

const operators = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"];

function selectorsOf(given: Fields): Selectors {
  return {
    basic: objectsOf(fieldOf(given, "EventSelectors")).map((selector) => ({
      ReadWriteType: textOf(fieldOf(selector, "ReadWriteType")) ?? "All",
      IncludeManagementEvents: !isFalse(fieldOf(selector, "IncludeManagementEvents")),
      DataResources: objectsOf(fieldOf(selector, "DataResources")).map((resource) => ({
        Type: plainTextOf(fieldOf(resource, "Type")),
        Values: textsOf(fieldOf(resource, "Values")),
      })),
      ExcludeManagementEventSources: textsOf(fieldOf(selector, "ExcludeManagementEventSources")),
    })),
    advanced: objectsOf(fieldOf(given, "AdvancedEventSelectors")).map((selector) => {
      const name = textOf(fieldOf(selector, "Name"));
      const fields = objectsOf(fieldOf(selector, "FieldSelectors")).map(fieldSelectorOf);
      return name === undefined || name === ""
        ? { FieldSelectors: fields }
        : { Name: name, FieldSelectors: fields };
    }),
  };
}

function fieldSelectorOf(given: Fields): FieldSelector {
  const selector: FieldSelector = { Field: plainTextOf(fieldOf(given, "Field")) };
  for (const operator of operators) {
    const values = textsOf(listOf(fieldOf(given, operator)));
    if (values.length > 0) selector[operator] = values;
  }
  return selector;
}

function inputOf({ basic, advanced }: Selectors): Fields {
  return advanced.length > 0 ? { AdvancedEventSelectors: advanced } : { EventSelectors: basic };
}

function logsAllManagement({ basic, advanced }: Selectors): boolean {
  if (advanced.length > 0) return advanced.some(isAllManagement);
  const types = basic
    .filter(
      (selector) =>
        selector.IncludeManagementEvents &&
        selector.ExcludeManagementEventSources.every((source) => excludable.includes(source)),
    )
    .map(({ ReadWriteType }) => ReadWriteType);
  return types.includes("All") || (types.includes("ReadOnly") && types.includes("WriteOnly"));
}

function isManagement(selector: Selectors["advanced"][number]): boolean {
  return selector.FieldSelectors.some(
    ({ Field, Equals }) => Field === "eventCategory" && listOf(Equals).includes("Management"),
  );
}

/** For all management events, or for all except those of sources that may be excluded. */
function isAllManagement(selector: Selectors["advanced"][number]): boolean {
  return (
    isManagement(selector) &&
    selector.FieldSelectors.every((field) => field.Field === "eventCategory" || isExclusion(field))
  );
}

function isExclusion({ Field, NotEquals, ...others }: FieldSelector): boolean {
  const values = listOf(NotEquals);
  return (
    Field === "eventSource" &&
    Object.keys(others).length === 0 &&
    values.length > 0 &&
    values.every((source) => excludable.includes(plainTextOf(source)))
  );
}

function withManagement({ basic, advanced }: Selectors): Selectors {
  return advanced.length > 0
    ? { basic: [], advanced: advancedWithManagement(advanced) }
    : { basic: basicWithManagement(basic), advanced: [] };
}

/** The first narrowed selector of management events loses its restriction; without one, one is added. */
function advancedWithManagement(advanced: Selectors["advanced"]): Selectors["advanced"] {
  const narrowed = advanced.find(isManagement);
  if (narrowed === undefined)
    return [
      { Name: "Management events", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
      ...advanced,
    ];
  return advanced.map((selector) =>
    selector === narrowed
      ? {
          ...selector,
          FieldSelectors: selector.FieldSelectors.filter(
            (field) => field.Field === "eventCategory" || isExclusion(field),
          ),
        }
      : selector,
  );
}

/** A selector's ReadWriteType also applies to its data resources, so management events get a selector without any if possible. */
function basicWithManagement(basic: Selectors["basic"]): Selectors["basic"] {
  const plain = basic.findIndex(({ DataResources }) => DataResources.length === 0);
  const at = plain < 0 && basic.length >= maxSelectors ? 0 : plain;
  const repaired = {
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: basic[at]?.DataResources ?? [],
    ExcludeManagementEventSources: (basic[at]?.ExcludeManagementEventSources ?? []).filter((source) =>
      excludable.includes(source),
    ),
  };
  return at < 0 ? [repaired, ...basic] : basic.map((selector, index) => (index === at ? repaired : selector));
}
