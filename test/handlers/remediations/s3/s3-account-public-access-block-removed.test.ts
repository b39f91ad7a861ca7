import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";
import { all, none } from "./support";

describe("s3-account-public-access-block-removed", () => {
  const attack = (live: Parameters<typeof plannedFor>[3]) =>
    plannedFor(
      "s3-account-public-access-block-removed",
      "s3:DeleteAccountPublicAccessBlock",
      { requestParameters: { accountId: account } },
      live,
    );
  const missing = { "s3control:GetPublicAccessBlock": failing("NoSuchPublicAccessBlockConfiguration") };

  it("blocks all of the account's buckets again, and would delete the block", async () => {
    expectPlan(
      await attack({ aws: missing }),
      [["PutPublicAccessBlock", { AccountId: account, PublicAccessBlockConfiguration: all }]],
      [["DeletePublicAccessBlock", { AccountId: account }]],
    );
  });

  it("is already-ok when all is blocked, and changed-since when it was set otherwise", async () => {
    const live = (PublicAccessBlockConfiguration: object) => ({
      aws: { "s3control:GetPublicAccessBlock": { PublicAccessBlockConfiguration } },
    });
    expectOutcome(await attack(live(all)), "already-ok");
    expectOutcome(await attack(live({ ...none, BlockPublicAcls: true })), "changed-since");
  });
});
