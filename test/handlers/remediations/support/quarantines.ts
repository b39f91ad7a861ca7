import { expect } from "chai";
import { actorOf } from "../../../../handlers/cloudtrail/actor";
import { remediations } from "../../../../handlers/remediations/index";
import { account, aRecord } from "../../../support/factories";
import { planned } from "../../../support/planning";

/** Describes a remediation that quarantines the caller: support/quarantine.test.ts has the rest. */
export function describeQuarantine(id: string): void {
  describe(id, () => {
    it("quarantines the caller", async () => {
      const found = remediations.find((one) => one.id === id);
      if (found === undefined) throw new Error(`expected ${id} in the catalogue`);
      const record = {
        userIdentity: {
          type: "IAMUser",
          arn: `arn:aws:iam::${account}:user/ops/mallory`,
          accountId: account,
          accessKeyId: "AKIAEXAMPLEMALLORY00",
          userName: "mallory",
        },
      };
      const AccessKeyMetadata = [{ AccessKeyId: "AKIAEXAMPLEMALLORY00", Status: "Active" }];
      const plan = await planned(found, record, {
        aws: { "iam:ListAccessKeys": { AccessKeyMetadata } },
        actor: actorOf(aRecord(record)),
      });
      expect("calls" in plan && plan.calls.map(({ operation }) => operation)).to.deep.equal([
        "UpdateAccessKey",
      ]);
    });
  });
}
