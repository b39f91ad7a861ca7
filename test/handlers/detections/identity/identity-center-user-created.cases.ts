import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "identitystore UpdateUser", record: call("identitystore:UpdateUser", { userId: "u" }) },
  { name: "sso-directory UpdateUser", record: call("sso-directory:UpdateUser", { userId: "u" }) },
  {
    name: "a user",
    record: call("sso-directory:CreateUser", {
      identityStoreId: "d-1",
      userName: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.identityStoreId",
  },
  {
    name: "a member",
    record: call("sso-directory:AddMemberToGroup", {
      identityStoreId: "d-1",
      groupId: "g-1",
      member: { memberId: "u-1" },
    }),
    evidence: "requestParameters.groupId",
    resources: ["g-1"],
  },
  { name: "a user, by the API", record: call("identitystore:CreateUser", { identityStoreId: "d-1" }) },
  {
    name: "a member, by the API",
    record: call("identitystore:CreateGroupMembership", {
      identityStoreId: "d-1",
      groupId: "g-1",
      memberId: { userId: "u-1" },
    }),
    resources: ["g-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
