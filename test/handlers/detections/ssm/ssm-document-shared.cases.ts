import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "with everyone",
      record: call("ssm:ModifyDocumentPermission", {
        name: "run",
        permissionType: "Share",
        accountIdsToAdd: ["all"],
      }),
      evidence: "requestParameters.accountIdsToAdd",
      resources: ["run"],
    },
    {
      name: "with an account",
      record: call("ssm:ModifyDocumentPermission", {
        name: "run",
        permissionType: "Share",
        accountIdsToAdd: ["444455556666"],
      }),
    },
  ],
  quiet: [
    {
      name: "with a trusted account",
      record: call("ssm:ModifyDocumentPermission", {
        name: "run",
        permissionType: "Share",
        accountIdsToAdd: ["444455556666"],
      }),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "not any more",
      record: call("ssm:ModifyDocumentPermission", {
        name: "run",
        permissionType: "Share",
        accountIdsToRemove: ["all"],
      }),
    },
  ],
};
