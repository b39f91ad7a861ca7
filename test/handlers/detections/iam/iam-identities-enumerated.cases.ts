import { type Cases, byAutomation, byService, call, repeated, role } from "../support/cases";

const names = [
  "GetAccessKeyLastUsed",
  "GetAccountPasswordPolicy",
  "GetAccountSummary",
  "GetGroup",
  "GetGroupPolicy",
  "GetLoginProfile",
  "GetUserPolicy",
  "ListAccessKeys",
  "ListAccountAliases",
  "ListAttachedGroupPolicies",
  "ListAttachedUserPolicies",
  "ListEntitiesForPolicy",
  "ListGroupPolicies",
  "ListGroups",
  "ListGroupsForUser",
  "ListInstanceProfiles",
  "ListMFADevices",
  "ListOpenIDConnectProviders",
  "ListPolicies",
  "ListRoles",
  "ListSAMLProviders",
  "ListSSHPublicKeys",
  "ListServiceSpecificCredentials",
  "ListSigningCertificates",
  "ListUserPolicies",
  "ListUsers",
  "ListVirtualMFADevices",
  "SimulatePrincipalPolicy",
];
const calls = names.map((name) => call(`iam:${name}`, { userName: "bob" }, { readOnly: true }));
const hits = calls.map((record) => ({ name: record.eventName, record, resources: ["bob"] }));
/** Calls five seconds apart. */
const inSeconds = (records: typeof calls) =>
  records.map((record, index) => ({
    ...record,
    eventID: `e${index}`,
    eventTime: `2025-03-04T09:15:${String(5 * index).padStart(2, "0")}Z`,
  }));

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits, "config.amazonaws.com"),
    {
      name: "the console, which lists much for one page",
      record: call("iam:ListUsers", null, { sessionCredentialFromConsole: "true" }),
    },
    {
      name: "a scanner that is known",
      record: call("iam:ListUsers", null, { userIdentity: role("posture") }),
      context: { scanners: ["*:role/posture"] },
    },
  ],
  bursts: [
    { name: "eight kinds of calls in seconds", records: inSeconds(calls.slice(0, 8)), findings: 1 },
    { name: "seven kinds of calls", records: inSeconds(calls.slice(0, 7)), findings: 0 },
    {
      name: "one kind of call, for many users",
      records: repeated(calls[7] as (typeof calls)[number], 40, 1),
      findings: 0,
    },
  ],
};
