import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("cloudtrail-event-data-store-deleted", () => {
  const EventDataStore = `arn:aws:cloudtrail:${region}:111122223333:eventdatastore/0a1b2c3d`;
  const attack = (event: string, live: unknown, own: object = {}) =>
    plannedFor(
      "cloudtrail-event-data-store-deleted",
      `cloudtrail:${event}`,
      { requestParameters: { eventDataStore: EventDataStore, ...own } },
      { aws: { "cloudtrail:GetEventDataStore": live as never } },
    );
  const off = { terminationProtectionEnabled: false };

  it("restores it, starts it again, or protects it again", async () => {
    expectPlan(
      await attack("DeleteEventDataStore", { Status: "PENDING_DELETION" }),
      [["RestoreEventDataStore", { EventDataStore }]],
      [["DeleteEventDataStore", { EventDataStore }]],
    );
    expectPlan(
      await attack("StopEventDataStoreIngestion", { Status: "STOPPED_INGESTION" }),
      [["StartEventDataStoreIngestion", { EventDataStore }]],
      [["StopEventDataStoreIngestion", { EventDataStore }]],
    );
    const set = (TerminationProtectionEnabled: boolean) => [
      "UpdateEventDataStore",
      { EventDataStore, TerminationProtectionEnabled },
    ];
    expectPlan(
      await attack("UpdateEventDataStore", { Status: "ENABLED", TerminationProtectionEnabled: false }, off),
      [set(true)],
      [set(false)],
    );
  });

  it("leaves what is well, and says what is gone for good", async () => {
    expectOutcome(await attack("DeleteEventDataStore", { Status: "ENABLED" }), "already-ok");
    expectOutcome(await attack("StopEventDataStoreIngestion", { Status: "ENABLED" }), "already-ok");
    expectOutcome(
      await attack("UpdateEventDataStore", { TerminationProtectionEnabled: true }, off),
      "already-ok",
    );
    expectOutcome(
      await attack("DeleteEventDataStore", failing("EventDataStoreNotFoundException")),
      "refused",
    );
    expectOutcome(await attack("DeleteChannel", {}), "refused");
  });
});
