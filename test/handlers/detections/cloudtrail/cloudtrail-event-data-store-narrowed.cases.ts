import { type Case, type Cases, call } from "../support/cases";

const update = (parameters: object) =>
  call("cloudtrail:UpdateEventDataStore", { eventDataStore: "s-1", ...parameters });

const hits: Case[] = [
  {
    name: "one region",
    record: update({ multiRegionEnabled: false }),
    evidence: "requestParameters.multiRegionEnabled",
    resources: ["s-1"],
  },
  { name: "one account", record: update({ organizationEnabled: "false" }) },
  {
    name: "for a week",
    record: update({ retentionPeriod: 7 }),
    evidence: "requestParameters.retentionPeriod",
  },
  {
    name: "data events only",
    record: update({
      advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] }],
    }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    { name: "more", record: update({ multiRegionEnabled: true, retentionPeriod: 365 }) },
    {
      name: "management events",
      record: update({
        advancedEventSelectors: [{ fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }],
      }),
    },
  ],
};
