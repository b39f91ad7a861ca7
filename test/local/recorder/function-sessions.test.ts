import { expect } from "chai";
import { functionAccessKey } from "../../../local/recorder/function-sessions";

describe("sessions of functions", () => {
  it("have a key derived from function and role", () => {
    const one = functionAccessKey("arn:f", "arn:r");
    expect(one).to.match(/^ASIA[0-9A-F]{16}$/);
    expect(functionAccessKey("arn:f", "arn:r")).to.equal(one);
    expect(functionAccessKey("arn:g", "arn:r")).not.to.equal(one);
  });
});
