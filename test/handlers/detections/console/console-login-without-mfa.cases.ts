import { call, type Cases, role, root, user } from "../support/cases";

const rootWithoutMfa = { ...root(), sessionContext: { attributes: { mfaAuthenticated: "false" } } };
const login = (more: object = {}, data: object = {}) =>
  call("signin:ConsoleLogin", null, {
    eventType: "AwsConsoleSignIn",
    userIdentity: user("alice"),
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: {
      LoginTo: "https://console.aws.amazon.com/",
      MobileVersion: "No",
      MFAUsed: "No",
      ...data,
    },
    ...more,
  });

export const cases: Cases = {
  hits: [
    { name: "a user", record: login(), evidence: "additionalEventData.MFAUsed", resources: ["alice"] },
    { name: "root", record: login({ userIdentity: rootWithoutMfa }) },
    { name: "nothing said about MFA", record: login({ additionalEventData: null }) },
  ],
  quiet: [
    { name: "with MFA", record: login({}, { MFAUsed: "Yes" }) },
    {
      name: "through SAML",
      record: login({}, { SamlProviderArn: "arn:aws:iam::111122223333:saml-provider/corp" }),
    },
    { name: "a role", record: login({ userIdentity: role("Admin") }) },
    {
      name: "a failure without errorCode",
      record: login({ responseElements: { ConsoleLogin: "Failure" }, errorMessage: "Failed authentication" }),
    },
    { name: "no answer", record: login({ responseElements: null }) },
  ],
};
