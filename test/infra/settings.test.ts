import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { decodeSettings, defaultSettings, type Settings } from "../../handlers/settings";
import { checkConfig } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import {
  encodeSettings,
  environmentBytes,
  environmentOf,
  maxEnvironmentBytes,
  settingsOf,
} from "../../infra/settings";
import { checkEnvironment } from "../../local/resources/lambda/environment";

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

function configOf(team: string): Config {
  const values = { "cloudtrailer:team": team };
  const { config } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue: [] });
  if (config === undefined) throw new Error(`expected the team ${team} to be accepted`);
  return config;
}

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

  it("are compressed if they are long, and arrive complete", () => {
    const trustedAccounts = Array.from({ length: 400 }, (_, i) => String(100_000_000_000 + i));
    const long = { ...settings, context: { ...settings.context, trustedAccounts } };
    const text = encodeSettings(long);
    expect(environmentBytes(environmentOf(text))).to.be.below(maxEnvironmentBytes);
    expect(text).not.to.match(/^\{/);
    expect(decodeSettings(text)).to.deep.equal(long);
  });

  describe("in the measure of Lambda", () => {
    /** A text that takes this many bytes in the environment, if it contains no quotes. */
    const textOf = (bytes: number) => "x".repeat(bytes - environmentBytes(environmentOf("")));
    const refused = (variables: Record<string, string>) => {
      try {
        checkEnvironment(variables);
        return false;
      } catch {
        return true;
      }
    };

    it("are limited to 4,096 bytes, here and in the provider", () => {
      expect(environmentBytes(environmentOf(textOf(4096)))).to.equal(maxEnvironmentBytes);
      expect(refused(environmentOf(textOf(4096)))).to.equal(false);
      expect(refused(environmentOf(textOf(4097)))).to.equal(true);
    });

    it("count a quote twice, and a letter by its bytes", () => {
      expect(environmentBytes({ A: '"' })).to.equal(environmentBytes({ A: "ab" }));
      expect(environmentBytes({ A: "ü" })).to.equal(environmentBytes({ A: "ab" }));
    });

    it("are compressed as soon as they are too long, and not before", () => {
      const withPadding = (length: number) =>
        encodeSettings({ ...settings, context: { ...settings.context, automation: ["x".repeat(length)] } });
      const bare = environmentBytes(environmentOf(withPadding(0)));
      const longest = withPadding(maxEnvironmentBytes - bare);
      expect(longest).to.match(/^\{/);
      expect(environmentBytes(environmentOf(longest))).to.equal(maxEnvironmentBytes);
      expect(withPadding(maxEnvironmentBytes - bare + 1)).not.to.match(/^\{/);
    });

    it("are never refused by the provider if the configuration was accepted, and nearly always if it was not", () => {
      const digits = fc.stringMatching(/^\d{12}$/);
      const places = fc.record({
        partition: fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
        region: fc.constantFrom(
          "us-east-1",
          "eu-central-1",
          "ap-northeast-3",
          "cn-northwest-1",
          "us-gov-west-1",
        ),
        account: digits,
      });
      // From far below the limit to far above, in texts that compress well, badly, and not at all.
      const exactly = (text: fc.Arbitrary<string>, maxLength: number) =>
        fc.nat(maxLength).chain((length) => fc.array(text, { minLength: length, maxLength: length }));
      const lists = fc.record({
        team: fc.stringMatching(/^[a-z0-9]{1,32}$/),
        trustedAccounts: exactly(digits, 500),
        automation: exactly(fc.stringMatching(/^arn:aws:iam::\*:role\/[A-Za-z0-9]{20,40}"?$/), 60),
      });
      const seen = { accepted: 0, refused: 0 };
      fc.assert(
        fc.property(lists, places, (values, place) => {
          const { team, ...own } = values;
          const raw = {
            "cloudtrailer:team": team,
            ...Object.fromEntries(
              Object.entries(own).map(([key, value]) => [`cloudtrailer:${key}`, JSON.stringify(value)]),
            ),
          };
          const { config, problems } = checkConfig(
            { project: "cloudtrailer", values: raw, secrets: [] },
            { now: 0, catalogue: [] },
          );
          seen[config === undefined ? "refused" : "accepted"]++;
          if (config !== undefined) {
            const environment = environmentOf(encodeSettings(settingsOf(config, place)));
            expect(refused(environment), JSON.stringify(environment)).to.equal(false);
            return;
          }
          expect(problems).to.have.length(1);
          const bytes = Number(/\d+/.exec(problems[0]?.found ?? "")?.[0]);
          const whole = { ...configOf(team), ...own };
          const real = environmentBytes(environmentOf(encodeSettings(settingsOf(whole, place))));
          // Reported for the largest possible place: in this one it takes somewhat less.
          expect(real).to.be.within(bytes - 400, bytes);
        }),
        { numRuns: 150 },
      );
      expect(seen.accepted).to.be.above(10);
      expect(seen.refused).to.be.above(10);
    });
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

  it("are reported by name if missing", () => {
    for (const nothing of [undefined, ""])
      expect(() => decodeSettings(nothing)).to.throw("CLOUDTRAILER_SETTINGS, found nothing");
  });
});
