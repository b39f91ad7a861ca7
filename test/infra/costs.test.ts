import { expect } from "chai";
import { checkConfig } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import { activities, costLines, costsOf, secondCopyOf } from "../../infra/costs";

function configWith(values: Record<string, unknown>): Config {
  const texts = Object.entries({ team: "blue", ...values }).map(([key, value]) => [
    `cloudtrailer:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { config, problems } = checkConfig(
    { project: "cloudtrailer", values: Object.fromEntries(texts) as Record<string, string>, secrets: [] },
    { now: 0, catalogue: [] },
  );
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

const existing = {
  trail: "existing",
  existingTrail: { arn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/main", bucket: "company-logs" },
};
const [small, middle, large] = activities;
const total = (values: Record<string, unknown>, activity = middle) =>
  activity === undefined
    ? 0
    : costsOf(configWith(values), activity).reduce((sum, { dollars }) => sum + dollars, 0);

describe("the estimate of a stack's costs", () => {
  it("grows with the account, and a second copy of management events costs 2 USD per 100,000", () => {
    expect(total({}, small)).to.be.lessThan(total({}, middle));
    expect(total({}, middle)).to.be.lessThan(total({}, large));
    expect(middle && secondCopyOf(middle)).to.equal((middle?.events ?? 0) / 50_000);
  });

  it("depends on the settings that cost", () => {
    expect(total({ records: "all" })).to.be.greaterThan(total({}));
    const byLogFiles = { fast: "none" };
    expect(total({ ...byLogFiles, watch: false })).to.be.closeTo(total(byLogFiles) - 1.5, 0.001);
    expect(total({ logFileDays: 365 })).to.be.greaterThan(total({}));
    expect(total({ fix: { after: "30m" } })).to.be.within(total({}) + 0.01, total({}) + 0.1);
    expect(total({ kmsKey: "arn:aws:kms:us-west-2:111122223333:key/1" })).to.be.greaterThan(total({}));
    expect(total(existing)).to.be.lessThan(total({}));
    expect(total({ fast: "home" })).to.be.greaterThan(total({ fast: "none" }));
    expect(total({ fast: "all" })).to.be.greaterThan(total({ fast: "home" }));
  });

  it("says in the preview what a second trail costs, unless the trail exists", () => {
    expect(costLines(configWith({})).join("\n")).to.match(
      /small account.*if another trail records.*6\.00 USD more/,
    );
    expect(costLines(configWith(existing)).join("\n")).not.to.match(/another trail/);
    expect(costLines(configWith({ dataEvents: [{ resources: "s3" }] })).join("\n")).to.match(
      /Data events cost 0\.10/,
    );
  });
});
