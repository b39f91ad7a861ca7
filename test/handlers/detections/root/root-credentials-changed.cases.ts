import { account, call, type Cases, root, user } from "../support/cases";

const names = ["EmailUpdated", "PasswordRecoveryCompleted", "PasswordRecoveryRequested", "PasswordUpdated"];
const calls = ["iam", "signin"].flatMap((source) =>
  names.map((name) =>
    call(`${source}:${name}`, null, {
      userIdentity: root(),
      eventType: "AwsConsoleSignIn",
      responseElements: { [name]: "Success" },
    }),
  ),
);

export const cases: Cases = {
  hits: calls.map((record) => ({
    name: `${record.eventSource} ${record.eventName}`,
    record,
    resources: [account],
  })),
  quiet: [
    ...calls.map((record) => ({
      name: `${record.eventSource} ${record.eventName} of a user`,
      record: { ...record, userIdentity: user("alice") },
    })),
    ...calls
      .filter(({ eventSource }) => eventSource.startsWith("signin"))
      .map((record) => ({
        name: `${record.eventName} that failed`,
        record: { ...record, responseElements: { [record.eventName]: "Failure" } },
      })),
  ],
};
