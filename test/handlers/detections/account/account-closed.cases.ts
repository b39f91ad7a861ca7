import { call, type Cases, otherAccount, refused } from "../support/cases";

const calls = ["account", "organizations"].flatMap((source) =>
  ["CloseAccount", "RemoveAccountFromOrganization"].map((name) =>
    call(`${source}:${name}`, { accountId: otherAccount }),
  ),
);

export const cases: Cases = {
  hits: calls.flatMap((record) => [
    { name: `${record.eventSource} ${record.eventName}`, record, resources: [otherAccount] },
    {
      name: `${record.eventSource} ${record.eventName}, refused`,
      record: refused(record, "AccessDeniedException"),
      evidence: "errorCode",
    },
  ]),
  quiet: calls.map((record) => ({
    name: `${record.eventSource} ${record.eventName}, not possible`,
    record: refused(record, "ConstraintViolationException"),
  })),
  everyCall: "an account is closed or removed, whoever requested it",
};
