import { expect } from "chai";
import { deprecationDates, runtime } from "../../infra/runtime";
import lambdaNode from "../../scripts/lambda-node/package.json";

describe("the function's runtime", () => {
  it("is not deprecated within six months", () => {
    const date = deprecationDates[runtime];
    expect(date, `the day on which AWS deprecates ${runtime}, in infra/runtime.ts`).to.match(
      /^\d{4}-\d\d-\d\d$/,
    );
    const inSixMonths = new Date();
    inSixMonths.setUTCMonth(inSixMonths.getUTCMonth() + 6);
    expect(
      Date.parse(String(date)),
      `AWS deprecates ${runtime} on ${date}: take a newer one in infra/runtime.ts, and its Node in scripts/lambda-node`,
    ).to.be.greaterThan(inSixMonths.getTime());
  });

  it("is the Node on which CI tests what runs in Lambda", () => {
    const versions = Object.values(lambdaNode.optionalDependencies);
    expect(new Set(versions)).to.have.property("size", 1);
    expect(runtime).to.equal(`nodejs${versions[0]?.split(".")[0]}.x`);
  });
});
