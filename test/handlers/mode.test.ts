import { expect } from "chai";
import { modeOf } from "../../handlers/mode";
import { aDetection } from "../support/factories";

describe("modeOf", () => {
  const id = "iam-admin-policy-attached-user";

  it("is the stack's unless the detection is named", () => {
    expect(modeOf(aDetection(), { mode: "plan", detections: {} })).to.equal("plan");
    expect(modeOf(aDetection(), { mode: "plan", detections: { [id]: { mode: "fix" } } })).to.equal("fix");
    expect(modeOf(aDetection(), { mode: "fix", detections: { [id]: { severity: "low" } } })).to.equal("fix");
  });

  it("keeps a detection off that is off by default until it is named", () => {
    const noisy = aDetection({ offByDefault: "every build does it" });
    expect(modeOf(noisy, { mode: "fix", detections: {} })).to.equal("off");
    expect(modeOf(noisy, { mode: "fix", detections: { [id]: { mode: "alert" } } })).to.equal("alert");
  });

  it("contains only if a person named the detection with fix", () => {
    const contain = aDetection({ remediation: "contain" });
    expect(modeOf(contain, { mode: "fix", detections: {} })).to.equal("plan");
    expect(modeOf(contain, { mode: "plan", detections: { [id]: { mode: "fix" } } })).to.equal("fix");
  });

  it("does not take a property of Object.prototype for a detection's", () => {
    expect(modeOf(aDetection({ id: "constructor" }), { mode: "alert", detections: {} })).to.equal("alert");
  });
});
