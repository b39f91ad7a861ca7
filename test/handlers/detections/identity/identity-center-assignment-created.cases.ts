import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a user",
    record: call("sso:CreateAccountAssignment", {
      instanceArn: "arn:aws:sso:::instance/ssoins-1",
      targetId: "444455556666",
      targetType: "AWS_ACCOUNT",
      permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
      principalType: "USER",
      principalId: "u-1",
    }),
    evidence: "requestParameters.principalId",
    resources: ["444455556666"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
