import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";

/** A trail's event selectors: of one kind or the other, or none. */
export interface Selectors {
  basic: EventSelector[];
  advanced: AdvancedEventSelector[];
}

function selects(selector: EventSelector, record: CloudTrailRecord): boolean {
  if (selector.IncludeManagementEvents === false) return false;
  if (selector.ExcludeManagementEventSources?.includes(record.eventSource)) return false;
  if (selector.ReadWriteType === "ReadOnly") return record.readOnly === true;
  if (selector.ReadWriteType === "WriteOnly") return record.readOnly !== true;
  return true;
}

function valueOf(record: CloudTrailRecord, field: string | undefined): string {
  if (field === "userIdentity.arn") return record.userIdentity?.arn ?? "";
  const value = field === undefined ? undefined : record[field];
  return value === undefined || value === null ? "" : String(value);
}

function fieldMatches(selector: AdvancedFieldSelector, record: CloudTrailRecord): boolean {
  const value = valueOf(record, selector.Field);
  const some = (wanted: string[] | undefined, test: (each: string) => boolean) =>
    !wanted || wanted.some(test);
  const none = (unwanted: string[] | undefined, test: (each: string) => boolean) => !unwanted?.some(test);
  return (
    some(selector.Equals, (each) => value === each) &&
    some(selector.StartsWith, (each) => value.startsWith(each)) &&
    some(selector.EndsWith, (each) => value.endsWith(each)) &&
    none(selector.NotEquals, (each) => value === each) &&
    none(selector.NotStartsWith, (each) => value.startsWith(each)) &&
    none(selector.NotEndsWith, (each) => value.endsWith(each))
  );
}

/**
 * Whether a trail's selectors include a management event. Without any, all are included.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
 */
export function isSelected({ basic, advanced }: Selectors, record: CloudTrailRecord): boolean {
  if (advanced.length > 0) {
    return advanced.some(({ FieldSelectors = [] }) =>
      FieldSelectors.every((each) => fieldMatches(each, record)),
    );
  }
  return basic.length === 0 || basic.some((selector) => selects(selector, record));
}
