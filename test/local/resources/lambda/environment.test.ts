import { expect } from "chai";
import { checkEnvironment } from "../../../../local/resources/lambda/environment";

describe("a function's environment", () => {
  it("may have 4,096 bytes of JSON, in which a quote counts twice", () => {
    const bare = '{"A":""}'.length;
    checkEnvironment(undefined);
    checkEnvironment({ A: "x".repeat(4096 - bare) });
    expect(() => checkEnvironment({ A: "x".repeat(4097 - bare) })).to.throw(
      /exceeded the 4KB limit.* 4097 bytes/,
    );
    checkEnvironment({ A: '"'.repeat((4096 - bare) / 2) });
    expect(() => checkEnvironment({ A: '"'.repeat((4096 - bare) / 2 + 1) })).to.throw(/4KB/);
  });
});
