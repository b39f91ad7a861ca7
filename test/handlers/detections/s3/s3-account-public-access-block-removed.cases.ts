import { account, call, type Cases } from "../support/cases";

function put(flag: unknown) {
  return call("s3:PutAccountPublicAccessBlock", {
    accountId: account,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: flag,
      RestrictPublicBuckets: true,
    },
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "the account's block deleted",
      record: call("s3:DeleteAccountPublicAccessBlock", { accountId: account }),
      evidence: "requestParameters.accountId",
      resources: [account],
    },
    {
      name: "one flag off",
      record: put(false),
      evidence: "requestParameters.PublicAccessBlockConfiguration.BlockPublicPolicy",
      resources: [account],
    },
    {
      name: "parameters omitted",
      record: call("s3:PutAccountPublicAccessBlock", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [{ name: "everything blocked", record: put(true) }],
  everyCall: "the account's block cannot be deleted harmlessly",
};
