import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { decodeSettings, defaultSettings, type Settings } from "../../handlers/settings";
import { encodeSettings, maxSettingsBytes } from "../../infra/settings";

const settings: Settings = {
  ...defaultSettings,
  team: "blue",
  account: "111122223333",
  region: "us-west-2",
  bucket: "logs",
  prefix: "AWSLogs/111122223333/",
  table: "findings",
  alertTopicArn: "arn:aws:sns:us-west-2:111122223333:alerts",
  roleName: "detector",
};

describe("the settings on their way to the function", () => {
  it("are JSON of what differs", () => {
    expect(JSON.parse(encodeSettings({ ...settings, records: "all" }))).to.deep.equal({
      team: "blue",
      account: "111122223333",
      region: "us-west-2",
      bucket: "logs",
      prefix: "AWSLogs/111122223333/",
      table: "findings",
      alertTopicArn: "arn:aws:sns:us-west-2:111122223333:alerts",
      roleName: "detector",
      records: "all",
      context: {},
    });
  });

  it("are compressed when they are long, and arrive whole", () => {
    const trustedAccounts = Array.from({ length: 400 }, (_, i) => String(100_000_000_000 + i));
    const long = { ...settings, context: { ...settings.context, trustedAccounts } };
    const text = encodeSettings(long);
    expect(text.length).to.be.below(maxSettingsBytes);
    expect(text).not.to.match(/^\{/);
    expect(decodeSettings(text)).to.deep.equal(long);
  });

  it("arrive as they were sent", () => {
    const lists = fc.record({
      automation: fc.array(fc.string()),
      privilegedGroups: fc.array(fc.string()),
      thresholds: fc.dictionary(fc.stringMatching(/^[a-z-]{1,20}$/), fc.nat()),
    });
    fc.assert(
      fc.property(lists, fc.nat(), (own, maxAgeMinutes) => {
        const sent = { ...settings, maxAgeMinutes, context: { ...settings.context, ...own } };
        expect(decodeSettings(encodeSettings(sent))).to.deep.equal(sent);
      }),
    );
  });

  it("are bounded when they are inflated", () => {
    const bomb = gzipSync(JSON.stringify({ team: "x".repeat(2_000_000) })).toString("base64");
    expect(() => decodeSettings(bomb)).to.throw();
  });

  it("are missed by name", () => {
    for (const nothing of [undefined, ""])
      expect(() => decodeSettings(nothing)).to.throw("CLOUDTRAILER_SETTINGS, found nothing");
  });
});
