import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { isFalse } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { plainTextOf } from "../../json";
import type { NoPlan, Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Restores the event data store within its seven days, starts its ingestion again, or protects it again. The event does not
 * contain a deleted channel.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_RestoreEventDataStore.html
 * and https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartEventDataStoreIngestion.html
 */
export const fixCloudtrailEventDataStoreDeleted: Remediation = {
  id: "cloudtrail-event-data-store-deleted",
  reads: ["cloudtrail:GetEventDataStore"],
  writes: [
    "cloudtrail:RestoreEventDataStore",
    "cloudtrail:StartEventDataStoreIngestion",
    "cloudtrail:UpdateEventDataStore",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const name = nameOf(finding.record);
    if (name === "DeleteChannel") return refused("the record does not contain the channel as it was before");
    const asked = requested(finding, ["eventDataStore"]);
    if ("outcome" in asked) return asked;
    const EventDataStore = asked.values.eventDataStore;
    const call = callsTo("cloudtrail", finding.region);
    const live = await unlessGone(aws(call("GetEventDataStore", { EventDataStore })), [
      "EventDataStoreNotFoundException",
    ]);
    if (live === undefined) return refused(`the event data store ${EventDataStore} is gone for good`);
    const store = `the event data store ${EventDataStore}`;
    const status = plainTextOf(live.Status);
    if (name === "DeleteEventDataStore")
      return status === "PENDING_DELETION"
        ? {
            summary: `Restore ${store}`,
            calls: [call("RestoreEventDataStore", { EventDataStore })],
            rollback: [call("DeleteEventDataStore", { EventDataStore })],
          }
        : isOk(store, status);
    if (name === "StopEventDataStoreIngestion")
      return status === "STOPPED_INGESTION"
        ? {
            summary: `Start the ingestion of ${store}`,
            calls: [call("StartEventDataStoreIngestion", { EventDataStore })],
            rollback: [call("StopEventDataStoreIngestion", { EventDataStore })],
          }
        : isOk(store, status);
    const protect = (TerminationProtectionEnabled: boolean) =>
      call("UpdateEventDataStore", { EventDataStore, TerminationProtectionEnabled });
    return isFalse(live.TerminationProtectionEnabled)
      ? { summary: `Protect ${store} from deletion`, calls: [protect(true)], rollback: [protect(false)] }
      : alreadyOk(`${store} is protected`);
  },
};

function isOk(store: string, status: string): NoPlan {
  return alreadyOk(`${store} is ${status.toLowerCase().replaceAll("_", " ")}`);
}
