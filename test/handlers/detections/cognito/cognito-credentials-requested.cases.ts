import { type Case, type Cases, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a guest",
    record: call("cognito-identity:GetCredentialsForIdentity", { identityId: "eu-west-1:1" }),
    evidence: "requestParameters.identityId",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    { name: "an identity alone", record: call("cognito-identity:GetId", { identityPoolId: "eu-west-1:1" }) },
  ],
  everyCall: "each gets credentials",
};
