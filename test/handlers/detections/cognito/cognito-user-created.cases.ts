import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a user",
    record: call("cognito-idp:AdminCreateUser", {
      userPoolId: "eu-west-1_a",
      username: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.userPoolId",
    resources: ["eu-west-1_a"],
  },
  {
    name: "a password",
    record: call("cognito-idp:AdminSetUserPassword", { userPoolId: "eu-west-1_a", permanent: true }),
    evidence: "requestParameters.permanent",
  },
  { name: "a reset", record: call("cognito-idp:AdminResetUserPassword", { userPoolId: "eu-west-1_a" }) },
  {
    name: "a group",
    record: call("cognito-idp:AdminAddUserToGroup", { userPoolId: "eu-west-1_a", groupName: "admins" }),
    evidence: "requestParameters.groupName",
  },
  {
    name: "an attribute",
    record: call("cognito-idp:AdminUpdateUserAttributes", { userPoolId: "eu-west-1_a" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
