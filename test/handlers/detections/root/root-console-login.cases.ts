import { account, call, type Cases, root } from "../support/cases";

const login = (more: object = {}) =>
  call("signin:ConsoleLogin", null, {
    eventType: "AwsConsoleSignIn",
    userIdentity: root(),
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "Yes" },
    ...more,
  });

export const cases: Cases = {
  hits: [
    { name: "with MFA", record: login(), resources: [account] },
    {
      name: "without MFA",
      record: login({ additionalEventData: { MFAUsed: "No" } }),
      evidence: "additionalEventData.MFAUsed",
    },
  ],
  quiet: [
    { name: "a user", record: login({ userIdentity: { type: "IAMUser", userName: "root" } }) },
    { name: "a failure", record: login({ responseElements: { ConsoleLogin: "Failure" } }) },
  ],
};
