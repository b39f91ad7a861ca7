import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("redshift-snapshot-shared", () => {
  const access = { SnapshotIdentifier: "nightly", AccountWithRestoreAccess: stranger };
  const attack = (live: unknown) =>
    plannedFor(
      "redshift-snapshot-shared",
      "redshift:AuthorizeSnapshotAccess",
      { requestParameters: { snapshotIdentifier: "nightly", accountWithRestoreAccess: stranger } },
      { aws: { "redshift:DescribeClusterSnapshots": live as never } },
    );

  it("stops sharing the snapshot with the account", async () => {
    expectPlan(
      await attack({ Snapshots: [{ AccountsWithRestoreAccess: [{ AccountId: stranger }] }] }),
      [["RevokeSnapshotAccess", access]],
      [["AuthorizeSnapshotAccess", access]],
    );
  });

  it("leaves one that is not shared with it or gone, and data shares to people", async () => {
    expectOutcome(await attack({ Snapshots: [{ AccountsWithRestoreAccess: [] }] }), "already-ok");
    expectOutcome(await attack(failing("ClusterSnapshotNotFoundFault")), "already-ok");
    const share = { requestParameters: { dataShareArn: "d", consumerIdentifier: stranger } };
    expectOutcome(
      await plannedFor("redshift-snapshot-shared", "redshift:AuthorizeDataShare", share),
      "refused",
    );
  });
});
