import { expect } from "chai";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { partitionOf } from "../../../../handlers/aws/regions";
import { baselineKeyOf } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fakeAws } from "../../../support/factories";

const kinds = join(__dirname, "../../../../handlers/baselines/kinds");

describe("the kinds of baselines", () => {
  it("are the files of their folder, each with its test", () => {
    const files = readdirSync(kinds).filter((file) => file !== "index.ts");
    expect(Object.keys(baselineKinds)).to.have.length(files.length);
    const untested = files.filter((file) => !existsSync(join(__dirname, file.replace(/\.ts$/, ".test.ts"))));
    expect(untested).to.deep.equal([]);
  });

  it("have unique keys", () => {
    const keys = Object.values(baselineKinds).map((kind) => baselineKeyOf(kind, "us-west-2", "main"));
    expect(new Set(keys).size).to.equal(keys.length);
    expect(baselineKeyOf(baselineKinds.trail, "us-west-2", "main")).to.equal(
      "baseline#AWS::CloudTrail::Trail#us-west-2/main",
    );
  });

  it("are listed only in the stack's partition", async () => {
    for (const region of ["eu-west-1", "cn-northwest-1", "us-gov-east-1"])
      for (const [name, kind] of Object.entries(baselineKinds)) {
        const { aws, calls } = fakeAws(new Proxy({}, { get: () => ({}) }));
        const regions: string[] = [];
        for await (const page of kind.list.pages(aws, region))
          regions.push(...page.map((listed) => listed.region ?? region));
        regions.push(...calls.map((call) => call.region));
        const outside = regions.filter((one) => partitionOf(one) !== partitionOf(region));
        expect(outside, name).to.deep.equal([]);
      }
  });
});
