import { call, type Cases, service } from "../support/cases";

const detectorId = "12abc34d567e8fa901bc2d34e56789f0";
const ask = (name: string, parameters: object) => call(`guardduty:${name}`, { detectorId, ...parameters });
const list = { name: "mine", format: "TXT", location: "https://s3.amazonaws.com/lists/addresses.txt" };
const archived = ask("ArchiveFindings", { findingIds: ["96b1f2c3"] });

export const cases: Cases = {
  hits: [
    {
      name: "a new IP set",
      record: ask("CreateIPSet", { ...list, activate: true }),
      evidence: "requestParameters.location",
    },
    { name: "a new IP set, the flag as text", record: ask("CreateIPSet", { ...list, activate: "true" }) },
    { name: "an IP set activated", record: ask("UpdateIPSet", { ipSetId: "0cb1", activate: true }) },
    { name: "an IP set replaced", record: ask("UpdateIPSet", { ipSetId: "0cb1", location: list.location }) },
    { name: "a new threat list", record: ask("CreateThreatIntelSet", { ...list, activate: true }) },
    {
      name: "a threat list switched off",
      record: ask("UpdateThreatIntelSet", { threatIntelSetId: "0cb2", activate: false }),
    },
    {
      name: "a filter that archives",
      record: ask("CreateFilter", { name: "f", action: "ARCHIVE", findingCriteria: {} }),
    },
    { name: "a filter made to archive", record: ask("UpdateFilter", { filterName: "f", action: "ARCHIVE" }) },
    { name: "findings archived", record: archived, severity: "medium" },
  ],
  quiet: [
    { name: "an IP set that is not active", record: ask("CreateIPSet", { ...list, activate: false }) },
    { name: "an IP set switched off", record: ask("UpdateIPSet", { ipSetId: "0cb1", activate: false }) },
    {
      name: "a threat list that is not active",
      record: ask("CreateThreatIntelSet", { ...list, activate: false }),
    },
    {
      name: "a threat list renamed",
      record: ask("UpdateThreatIntelSet", { threatIntelSetId: "0cb2", name: "other" }),
    },
    {
      name: "a saved search",
      record: ask("CreateFilter", { name: "f", action: "NOOP", findingCriteria: {} }),
    },
    { name: "a saved search changed", record: ask("UpdateFilter", { filterName: "f", description: "x" }) },
    {
      name: "findings archived by AWS",
      record: { ...archived, userIdentity: service("guardduty.amazonaws.com") },
    },
  ],
};
