import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { detections as catalogue } from "../../handlers/detections/index";
import { checkConfig } from "../../infra/config";
import { configKeys } from "../../infra/config-keys";

// The parser that Pulumi's own Node SDK includes.
const { load } = require(require.resolve("js-yaml", { paths: [require.resolve("@pulumi/pulumi")] })) as {
  load(text: string): unknown;
};

function read(file: string): Record<string, unknown> {
  return load(readFileSync(join(__dirname, "../..", file), "utf8")) as Record<string, unknown>;
}

/** As Pulumi passes it: every value as text. */
function asTexts(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

describe("Pulumi.yaml", () => {
  const config = read("Pulumi.yaml").config as Record<string, { default: unknown; description: string }>;

  it("has every key, with a default and a description", () => {
    expect(Object.keys(config)).to.deep.equal(Object.keys(configKeys({ now: 0, ids: [] })));
    for (const [key, declared] of Object.entries(config)) {
      expect(declared, key).to.have.keys("default", "description");
      expect(declared.description, key).to.match(/\.$/);
    }
  });

  it("has valid defaults, except for the team", () => {
    const values = asTexts(
      Object.fromEntries(
        Object.entries(config).map(([key, declared]) => [`cloudtrailer:${key}`, declared.default]),
      ),
    );
    const { problems } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue });
    expect(problems.map(({ key }) => key)).to.deep.equal(["cloudtrailer:team"]);
  });
});

describe("Pulumi.dev.yaml", () => {
  it("is right", () => {
    const values = asTexts(read("Pulumi.dev.yaml").config as Record<string, unknown>);
    const { problems } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue });
    expect(problems).to.deep.equal([]);
  });

  it("has examples that are right, too", () => {
    const text = readFileSync(join(__dirname, "../../Pulumi.dev.yaml"), "utf8")
      // The key of an example that is a comment has an empty value.
      .replace(/ (?:\[\]|\{\})\n(?= +# {3})/g, "\n")
      .replace(/^( +)# ((?: {2}(?!pulumi )| {2}- |iam-|ec2-).*)$/gm, "$1$2");
    const { config } = load(text) as { config: Record<string, unknown> };
    expect(config["cloudtrailer:subscribers"]).to.have.length(1);
    expect(config["cloudtrailer:exceptions"]).to.have.length(1);
    expect(config["cloudtrailer:organization"]).to.have.key("id");
    const values = asTexts(config);
    const { problems } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue });
    expect(problems).to.deep.equal([]);
  });
});
