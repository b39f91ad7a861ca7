import { expect } from "chai";
import { maxHints } from "../../../handlers/cloudtrail/reader/index";
import { onEveryEvent } from "../../../handlers/detections/wanted";
import type { Pattern } from "../../../handlers/rules/pattern";
import { checkConfig, contextOf } from "../../../infra/config";
import { ownRulesOf, projectCatalogue } from "../../../infra/rules/own-rules";
import { loadRules } from "../../../infra/rules/load";
import { aRule, anOwnFolder } from "../../support/own-folder";

const named: Pattern = { eventSource: ["ec2.amazonaws.com"], eventName: ["RunInstances"] };
const rule = (id: string, pattern: Pattern = named) => ({ id, title: "T", severity: "low", pattern });

function check(values: Record<string, unknown>, files: Record<string, string> = {}) {
  const given = Object.entries({ team: "blue", ...values }).map(([key, value]) => [
    `cloudtrailer:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return checkConfig(
    { project: "cloudtrailer", values: Object.fromEntries(given) as Record<string, string>, secrets: [] },
    { now: Date.now(), ...contextOf(ownRulesOf(loadRules(anOwnFolder(files), { isLinted: false }))) },
  );
}

describe("rules of the configuration", () => {
  it("are read, and configured by their IDs in other keys", () => {
    const { config, problems } = check({
      rules: [rule("ec2-instances-run")],
      detections: { "ec2-instances-run": { severity: "high", mode: "alert" } },
    });
    expect(problems).to.deep.equal([]);
    expect(config?.rules.map(({ id }) => id)).to.deep.equal(["ec2-instances-run"]);
    expect(config?.detections).to.deep.equal({ "ec2-instances-run": { severity: "high", mode: "alert" } });
  });

  it("are none by default", () => {
    expect(check({}).config?.rules).to.deep.equal([]);
  });

  it("are refused with the place and the nearest names", () => {
    const wrong = rule("ec2-instances-run", { ...named, eventName: ["RunInstance"] });
    expect(check({ rules: [wrong] }).problems).to.deep.equal([
      {
        key: "cloudtrailer:rules[0].pattern.eventName",
        expected: "an event that AWS has at that source",
        found: '"ec2:RunInstance" (did you mean ec2:RunInstances, ec2:BundleInstance?)',
      },
    ]);
  });

  it("do not share an ID with a file in own/", () => {
    const { problems } = check(
      { rules: [rule("ec2-env-tagged")] },
      { "ec2-env-tagged.ts": aRule({ id: "ec2-env-tagged" }) },
    );
    expect(problems.map(({ key }) => key)).to.deep.equal(["cloudtrailer:rules[0].id"]);
  });

  it("look at every event in no greater number than the reader of log files has room for", () => {
    const room = maxHints - onEveryEvent(projectCatalogue.detections).length;
    const every = (count: number) =>
      Array.from({ length: count }, (_, index) => rule(`any-event${index}`, { errorCode: ["AccessDenied"] }));
    expect(check({ rules: [...every(room), rule("ec2-instances-run")] }).problems).to.deep.equal([]);
    expect(check({ rules: every(room + 1) }).problems.map(({ key }) => key)).to.deep.equal([
      "cloudtrailer:rules",
    ]);
  });
});
