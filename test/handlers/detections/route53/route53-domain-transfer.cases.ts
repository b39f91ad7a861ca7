import { call, type Cases, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "the lock disabled",
      record: call(
        "route53domains:DisableDomainTransferLock",
        { domainName: "example.com" },
        { awsRegion: "us-east-1" },
      ),
      evidence: "requestParameters.domainName",
      resources: ["example.com"],
    },
    {
      name: "transferred",
      record: call("route53domains:TransferDomainToAnotherAwsAccount", {
        domainName: "example.com",
        accountId: otherAccount,
      }),
      evidence: "requestParameters.accountId",
      resources: ["example.com"],
    },
  ],
  quiet: [
    {
      name: "the lock enabled",
      record: call("route53domains:EnableDomainTransferLock", { domainName: "example.com" }),
    },
  ],
  everyCall: "a domain that can leave is always worth a question",
};
