import { isFalse, numberOf, objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const cloudtrailEventDataStoreNarrowed: Detection = {
  id: "cloudtrail-event-data-store-narrowed",
  title: "Event data store records less",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "rare",
  events: ["cloudtrail:UpdateEventDataStore"],
  remediation: "alert",
  match(record) {
    const evidence = [
      ...["multiRegionEnabled", "organizationEnabled"]
        .filter((name) => isFalse(parameterOf(record, name)))
        .flatMap((name) => shown(record, name)),
      ...(isShort(record) ? shown(record, "retentionPeriod") : []),
      ...(isWithoutManagement(record) ? shown(record, "advancedEventSelectors") : []),
    ];
    if (evidence.length === 0) return uninspected(record);
    return { evidence, resources: named(record, "AWS::CloudTrail::EventDataStore", "eventDataStore") };
  },
  runbook: [
    "Compare the store (aws cloudtrail get-event-data-store) with its definition in code: which events, regions and accounts are missing?",
    "Restore its settings, and enable termination protection.",
    "Look in CloudTrail's event history for what the actor did before and since then.",
  ],
  falsePositives: [
    "A store for data events only, whose selectors are saved again.",
    "A planned change of what is kept, or for how long.",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-event-data-store.html",
  ],
};

/** Fewer days than AWS suggests to keep records at hand. */
const minDays = 90;

function isShort(record: CloudTrailRecord): boolean {
  const days = numberOf(parameterOf(record, "retentionPeriod"));
  return days !== undefined && days < minDays;
}

/** Whether the selectors, if the call sets any, include no management events. */
function isWithoutManagement(record: CloudTrailRecord): boolean {
  const selectors = objectsOf(parameterOf(record, "advancedEventSelectors"));
  const isOfManagement = (selector: Record<string, unknown>) =>
    objectsOf(selector.fieldSelectors).some(
      ({ field, equals }) => field === "eventCategory" && textsOf(equals).includes("Management"),
    );
  return selectors.length > 0 && !selectors.some(isOfManagement);
}
