import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: call("events:PutPermission", {
        eventBusName: "orders",
        action: "events:PutEvents",
        principal: "*",
        statementId: "all",
      }),
      evidence: "requestParameters.principal",
      resources: ["orders"],
    },
    {
      name: "another account",
      record: call("events:PutPermission", {
        eventBusName: "orders",
        action: "events:PutEvents",
        principal: "444455556666",
        statementId: "a",
      }),
    },
    {
      name: "a policy for everyone",
      record: call("events:PutPermission", {
        eventBusName: "orders",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
      evidence: "requestParameters.policy.Statement[0]",
    },
  ],
  quiet: [
    {
      name: "the organization",
      record: call("events:PutPermission", {
        eventBusName: "orders",
        action: "events:PutEvents",
        principal: "*",
        statementId: "all",
        condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-abcdefghij" },
      }),
    },
    {
      name: "a trusted account",
      record: call("events:PutPermission", {
        eventBusName: "orders",
        action: "events:PutEvents",
        principal: "444455556666",
        statementId: "a",
      }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
