import { type Fields, listOf, plainTextOf, sameJson, textOf } from "../../json";
import { fieldOf, isFalse, objectsOf, textsOf } from "../../cloudtrail/parameters";

/** Sources whose management events AWS lets selectors exclude, because they are so numerous. */
const excludable = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];

/** The default selectors of a trail. */
const maxSelectors = 5;

/** Selectors with the SDK's member names and AWS's defaults filled in, so that two of them can be compared. */
export interface Selectors {
  basic: {
    ReadWriteType: string;
    IncludeManagementEvents: boolean;
    DataResources: { Type: string; Values: string[] }[];
    ExcludeManagementEventSources: string[];
  }[];
  advanced: { Name?: string; FieldSelectors: FieldSelector[] }[];
}

type Basic = Selectors["basic"][number];
type Advanced = Selectors["advanced"][number];

interface FieldSelector {
  Field: string;
  [operator: string]: string | string[];
}

const operators = ["Equals", "StartsWith", "EndsWith", "NotEquals", "NotStartsWith", "NotEndsWith"];

/** The selectors in GetEventSelectors' answer, or in the record of PutEventSelectors. */
export function selectorsOf(given: Fields): Selectors {
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

/** The input of PutEventSelectors: one kind of selectors or the other. */
export function inputOf({ basic, advanced }: Selectors): Fields {
  return advanced.length > 0 ? { AdvancedEventSelectors: advanced } : { EventSelectors: basic };
}

/** Whether all management events are logged, except those of sources that AWS lets selectors exclude. */
export function logsAllManagement({ basic, advanced }: Selectors): boolean {
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

/** All management events, or all but those of excludable sources. */
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

/**
 * Whether these selectors log less than others did: one of the others is missing. A selector of only management events is not
 * missing as long as all of these are logged, in whatever form.
 */
export function logsLess(live: Selectors, before: Selectors): boolean {
  const all = ({ basic, advanced }: Selectors): (Basic | Advanced)[] => [...basic, ...advanced];
  const missing = all(before).filter(
    (one) => !all(live).some((other) => sameJson(unnamed(one), unnamed(other))),
  );
  const known = leftOutBy(before);
  return missing.some(
    (one) =>
      !isOnlyManagement(one) ||
      !logsAllManagement(live) ||
      leftOutBy(live).some((source) => !known.includes(source)),
  );
}

/** A selector's name has no effect. */
function unnamed(selector: Basic | Advanced): unknown {
  return "FieldSelectors" in selector ? selector.FieldSelectors : selector;
}

function isOnlyManagement(selector: Basic | Advanced): boolean {
  return "FieldSelectors" in selector ? isManagement(selector) : selector.DataResources.length === 0;
}

/** The sources whose management events are excluded. */
function leftOutBy({ basic, advanced }: Selectors): string[] {
  return [
    ...basic.flatMap((selector) => selector.ExcludeManagementEventSources),
    ...advanced
      .filter(isManagement)
      .flatMap(({ FieldSelectors }) =>
        FieldSelectors.filter(({ Field }) => Field === "eventSource").flatMap(({ NotEquals }) =>
          listOf(NotEquals).map(plainTextOf),
        ),
      ),
  ];
}

/** The selectors, extended to log all management events. */
export function withManagement({ basic, advanced }: Selectors): Selectors {
  return advanced.length > 0
    ? { basic: [], advanced: advancedWithManagement(advanced) }
    : { basic: basicWithManagement(basic), advanced: [] };
}

/** The first restricted selector of management events loses its restriction; if there is none, one is added. */
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

/** A selector's ReadWriteType applies to its data resources too, so management events get a selector without any if possible. */
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
