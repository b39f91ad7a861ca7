import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a snapshot",
      record: call("redshift:AuthorizeSnapshotAccess", {
        snapshotIdentifier: "s",
        accountWithRestoreAccess: "444455556666",
      }),
      evidence: "requestParameters.accountWithRestoreAccess",
      resources: ["s"],
    },
    {
      name: "data",
      record: call("redshift:AuthorizeDataShare", {
        dataShareArn: "arn:aws:redshift:eu-west-1:111122223333:datashare:1/a",
        consumerIdentifier: "444455556666",
      }),
      resources: ["arn:aws:redshift:eu-west-1:111122223333:datashare:1/a"],
    },
    {
      name: "a way in",
      record: call("redshift:AuthorizeEndpointAccess", {
        clusterIdentifier: "warehouse",
        account: "444455556666",
      }),
      resources: ["warehouse"],
    },
  ],
  quiet: [
    {
      name: "a trusted account",
      record: call("redshift:AuthorizeSnapshotAccess", {
        snapshotIdentifier: "s",
        accountWithRestoreAccess: "444455556666",
      }),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "the catalog",
      record: call("redshift:AuthorizeDataShare", {
        dataShareArn: "a",
        consumerIdentifier: "DataCatalog/111122223333",
      }),
    },
    {
      name: "this account",
      record: call("redshift:AuthorizeEndpointAccess", {
        clusterIdentifier: "warehouse",
        account: "111122223333",
      }),
    },
  ],
};
