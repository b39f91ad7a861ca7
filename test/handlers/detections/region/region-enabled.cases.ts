import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a region",
      record: call("account:EnableRegion", { RegionName: "af-south-1" }),
      resources: ["af-south-1"],
    },
    {
      name: "a region, in small letters",
      record: call("account:EnableRegion", { regionName: "af-south-1" }),
      resources: ["af-south-1"],
    },
  ],
  quiet: [{ name: "a region disabled", record: call("account:DisableRegion", { RegionName: "af-south-1" }) }],
  everyCall: "it has one meaning only",
};
