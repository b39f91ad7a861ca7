import { expect } from "chai";
import type { CallAws } from "../../../handlers/aws/call";
import { noRole } from "../../../handlers/aws/clients";
import { createMembersCheck } from "../../../handlers/watch/members";
import { someSettings } from "../../support/factories";

const settings = {
  ...someSettings(),
  memberRole: "cloudtrailer-member-red",
  accounts: {
    [someSettings().account]: { mode: "plan" as const },
    "222233334444": { member: true as const, name: "payments" },
    "333344445555": { member: true as const },
    "444455556666": { member: true as const },
  },
};

/** AWS in which asking in an account fails with an error of this name. */
function failing(names: Record<string, string>): { aws: CallAws; asked: string[] } {
  const asked: string[] = [];
  const aws: CallAws = async ({ account = "", service, operation }) => {
    asked.push(`${account} ${service}:${operation}`);
    const name = names[account];
    if (name !== undefined) throw Object.assign(new Error(`no ${account}`), { name });
    return { Account: account };
  };
  return { aws, asked };
}

describe("the check of members", () => {
  it("finds nothing wrong where the role can be assumed, and asks in members alone", async () => {
    const { aws, asked } = failing({});
    expect(await createMembersCheck({ settings, aws })()).to.deep.equal([]);
    expect(asked.sort()).to.deep.equal(
      ["222233334444", "333344445555", "444455556666"].map((account) => `${account} sts:GetCallerIdentity`),
    );
  });

  it("names each account that is unprotected, what that means, and what to do", async () => {
    const { aws } = failing({ "222233334444": noRole, "444455556666": "RegionDisabledException" });
    const [payments, other, ...more] = await createMembersCheck({ settings, aws })();
    expect(more).to.deep.equal([]);
    expect(payments).to.include({
      part: "account 222233334444 (payments)",
      declared: "the role cloudtrailer-member-red",
      found: "it cannot be assumed",
      means: "what is found there is alerted, and never fixed",
    });
    expect(payments?.repair).to.match(/member-template.*organization\.exclude/);
    expect(other?.part).to.equal("account 444455556666");
    expect(other?.found).to.include("RegionDisabledException");
  });

  it("leaves the rest to the next hour when AWS cannot answer, and reports no account for it", async () => {
    const { aws } = failing({ "222233334444": noRole, "333344445555": "ThrottlingException" });
    const error = await createMembersCheck({ settings, aws })().then(
      () => undefined,
      (cause: Error) => cause.name,
    );
    expect(error).to.equal("ThrottlingException");
  });
});
