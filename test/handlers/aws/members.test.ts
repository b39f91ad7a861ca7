import { expect } from "chai";
import { accountName, highestMode, isMember, membersOf, settingsByPattern } from "../../../handlers/accounts";
import { inAccount, withAccount } from "../../../handlers/aws/members";
import { otherAccounts } from "../../../handlers/aws/other-accounts";
import { isOwnAction } from "../../../handlers/cloudtrail/own-actions";
import { parseNotification } from "../../../handlers/cloudtrail/notification";
import { modeOf } from "../../../handlers/mode";
import type { Settings } from "../../../handlers/settings";
import { aRecord, fakeAws, someSettings } from "../../support/factories";

const home = someSettings().account;
const member = "222233334444";
const settings: Settings = {
  ...someSettings(),
  prefix: `AWSLogs/o-abcde12345/${home}/`,
  memberRole: "cloudtrailer-member-red",
  accounts: { [home]: { mode: "plan" }, [member]: { member: true, name: "payments", mode: "alert" } },
};
const call = { service: "iam", operation: "DetachUserPolicy", region: "us-east-1", input: {} };

describe("members", () => {
  it("are the accounts that are named as such, and never this one or one that a record makes up", () => {
    expect(membersOf(settings)).to.deep.equal([member]);
    for (const other of [home, "999988887777", "", "constructor", "__proto__"])
      expect(isMember(settings, other)).to.equal(false);
    expect(accountName(settings, member)).to.equal("222233334444 (payments)");
  });

  it("have calls with their account, and a role", async () => {
    const { aws, calls } = fakeAws({ "iam:DetachUserPolicy": {} });
    await inAccount(aws, member)(call);
    expect(calls).to.deep.equal([{ ...call, account: member }]);
    const plan = { calls: [call], rollback: [call] };
    expect(withAccount(plan, settings, member).rollback[0]).to.include({ account: member });
    expect(withAccount(plan, settings, home)).to.equal(plan);
    const { roleIn } = otherAccounts(settings);
    expect(roleIn(member)).to.equal(`arn:aws:iam::${member}:role/cloudtrailer-member-red`);
    expect(roleIn("999988887777")).to.equal(undefined);
  });

  it("have log files of their own, beside this account's", () => {
    const file = (account: string) =>
      `AWSLogs/o-abcde12345/${account}/CloudTrail/us-west-2/2026/05/04/x.json.gz`;
    const read = (...keys: string[]) =>
      parseNotification(JSON.stringify({ s3Bucket: settings.bucket, s3ObjectKey: keys }), settings);
    expect(read(file(home), file(member)).logFiles).to.have.length(2);
    for (const key of [
      file("999988887777"),
      file(`${member}/AWSLogs/${member}`),
      `AWSLogs/${member}/CloudTrail/x.json.gz`,
    ]) {
      const { logFiles, refused } = read(key);
      expect([logFiles.length, refused.length], key).to.deep.equal([0, 1]);
    }
  });

  it("have a mode that takes the place of the stack's, and that no detection exceeds", () => {
    const detection = { id: "iam-user-created", remediation: "inverse" as const };
    const named = { ...settings, detections: { "iam-user-created": { mode: "fix" as const } } };
    expect(modeOf(detection, settings)).to.equal("fix");
    expect(modeOf(detection, settings, home)).to.equal("plan");
    expect(modeOf(detection, named, member)).to.equal("alert");
    expect(modeOf(detection, settings, "999988887777")).to.equal("fix");
    expect(highestMode({ mode: "plan", accounts: { [member]: { mode: "fix" } } })).to.equal("fix");
  });

  it("get their settings by ID, or by a pattern of IDs and names", () => {
    const entries = {
      "*-prod": { mode: "plan" as const },
      "2222*": { mode: "alert" as const },
      [member]: { name: "shop" },
    };
    expect(settingsByPattern(entries, member, undefined)).to.deep.equal({ mode: "alert", name: "shop" });
    expect(settingsByPattern(entries, "333344445555", "pay-prod")).to.deep.equal({
      mode: "plan",
      name: "pay-prod",
    });
    expect(settingsByPattern(entries, "333344445555", undefined)).to.deep.equal({});
  });

  it("know this system's own calls, which its role there makes in that account alone", () => {
    const by = (account: string, role: string, recipientAccountId: string) =>
      isOwnAction(
        aRecord({
          recipientAccountId,
          userIdentity: {
            type: "AssumedRole",
            sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/${role}` } },
          },
        } as never),
        settings,
      );
    expect(by(member, "cloudtrailer-member-red", member)).to.equal(true);
    expect(by(member, "cloudtrailer-member-red", home)).to.equal(false);
    expect(by("999988887777", "cloudtrailer-member-red", "999988887777")).to.equal(false);
    expect(by(member, settings.roleName, member)).to.equal(false);
  });
});
