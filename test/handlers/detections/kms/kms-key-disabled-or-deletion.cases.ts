import { account, call, type Cases } from "../support/cases";

const keyId = `arn:aws:kms:eu-west-1:${account}:key/1f2e3d4c-aaaa-bbbb-cccc-0123456789ab`;

export const cases: Cases = {
  hits: [
    {
      name: "disabled",
      record: call("kms:DisableKey", { keyId }),
      evidence: "requestParameters.keyId",
      resources: [keyId],
    },
    {
      name: "scheduled for deletion",
      record: call(
        "kms:ScheduleKeyDeletion",
        { keyId, pendingWindowInDays: 7 },
        {
          responseElements: { keyId, keyState: "PendingDeletion", deletionDate: "Mar 11, 2025, 12:00:00 AM" },
        },
      ),
      evidence: "requestParameters.pendingWindowInDays",
      resources: [keyId],
    },
    { name: "without parameters", record: call("kms:DisableKey", null), evidence: "eventName" },
  ],
  quiet: [{ name: "a key enabled", record: call("kms:EnableKey", { keyId }) }],
  everyCall: "a key that is disabled or goes is always worth a question",
};
