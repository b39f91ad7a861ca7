import { expect } from "chai";
import { isOutsider } from "../../../../handlers/detections/readers/principal";
import { sharedWith } from "../../../../handlers/detections/readers/shared-with";
import { account, call, emptyContext, otherAccount } from "../support/cases";

const context = { ...emptyContext, account, trustedAccounts: ["777788889999"] };

describe("whom something is shared with", () => {
  it("is an outsider unless it is this account or trusted", () => {
    expect(isOutsider(otherAccount, context)).equal(true);
    expect(isOutsider(`arn:aws:iam::${otherAccount}:root`, context)).equal(true);
    expect(isOutsider("all", context)).equal(true);
    expect(isOutsider("not-an-account", context)).equal(true);
    expect(isOutsider(account, context)).equal(false);
    expect(isOutsider(`arn:aws:iam::${account}:root`, context)).equal(false);
    expect(isOutsider("777788889999", context)).equal(false);
    expect(isOutsider("", context)).equal(false);
  });

  it("is read only from what is added, whatever the list contains", () => {
    const add = {
      items: [null, "all", { group: { toString: 1 } }, { userId: 5 }, { userId: account }, { group: "all" }],
    };
    const record = call("ec2:ModifySnapshotAttribute", {
      createVolumePermission: { add, remove: { items: [{ userId: otherAccount }] } },
    });
    expect(sharedWith(record, "createVolumePermission", context).map(({ value }) => value)).deep.equal([
      "all",
    ]);
  });
});
