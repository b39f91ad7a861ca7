import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "deleted",
      record: call("cloudtrail:DeleteEventDataStore", {
        eventDataStore: "arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/1",
      }),
      evidence: "requestParameters.eventDataStore",
      resources: ["arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/1"],
    },
    { name: "stopped", record: call("cloudtrail:StopEventDataStoreIngestion", { eventDataStore: "1" }) },
    {
      name: "unprotected",
      record: call("cloudtrail:UpdateEventDataStore", {
        eventDataStore: "1",
        terminationProtectionEnabled: false,
      }),
      evidence: "requestParameters.terminationProtectionEnabled",
    },
    {
      name: "a channel",
      record: call("cloudtrail:DeleteChannel", {
        channel: "arn:aws:cloudtrail:eu-west-1:111122223333:channel/1",
      }),
    },
  ],
  quiet: [
    {
      name: "protected",
      record: call("cloudtrail:UpdateEventDataStore", {
        eventDataStore: "1",
        terminationProtectionEnabled: true,
      }),
    },
  ],
  everyCall: "there is no harmless deletion or stop of records",
};
