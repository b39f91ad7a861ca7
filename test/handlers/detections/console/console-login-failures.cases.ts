import { call, type Cases, repeated, root, user } from "../support/cases";

const failed = call("signin:ConsoleLogin", null, {
  userIdentity: user("bob"),
  errorMessage: "Failed authentication",
  responseElements: { ConsoleLogin: "Failure" },
  additionalEventData: { MFAUsed: "No", MobileVersion: "No" },
  eventType: "AwsConsoleSignIn",
});

export const cases: Cases = {
  hits: [
    { name: "a user", record: failed, evidence: "responseElements.ConsoleLogin" },
    {
      name: "root, with the error alone",
      record: { ...failed, userIdentity: root(), responseElements: null },
    },
  ],
  quiet: [
    {
      name: "no word of the outcome",
      record: { ...failed, errorMessage: undefined, responseElements: null },
    },
    {
      name: "a login",
      record: { ...failed, errorMessage: undefined, responseElements: { ConsoleLogin: "Success" } },
    },
  ],
  bursts: [
    {
      name: "ten failures of several users",
      records: repeated(failed, 10, 30, (index) => ({ userIdentity: user(`user-${index}`) })),
      findings: 1,
    },
    { name: "nine failures", records: repeated(failed, 9, 30), findings: 0 },
    {
      name: "five failures of root",
      records: repeated({ ...failed, userIdentity: root() }, 5, 30),
      findings: 1,
    },
    {
      name: "four failures of root",
      records: repeated({ ...failed, userIdentity: root() }, 4, 30),
      findings: 0,
    },
  ],
};
