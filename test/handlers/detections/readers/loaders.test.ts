import { expect } from "chai";
import { loadersIn } from "../../../../handlers/detections/readers/loaders";

describe("variables by which a runtime loads other code", () => {
  for (const [name, value] of [
    ["NODE_OPTIONS", "--require /opt/hook.js"],
    ["NODE_OPTIONS", "--enable-source-maps --import=data:text/javascript,1"],
    ["LD_PRELOAD", "/opt/hook.so"],
    ["JAVA_TOOL_OPTIONS", "-Xmx256m -javaagent:/opt/hook.jar"],
    ["DOTNET_STARTUP_HOOKS", "/opt/hook.dll"],
    ["RUBYOPT", "-r/opt/hook"],
  ] as const)
    it(`are ${name}=${value}`, () => {
      expect(loadersIn({ [name]: value, STAGE: "prod" })).deep.equal({ [name]: value });
    });

  for (const [name, value] of [
    ["NODE_OPTIONS", "--enable-source-maps"],
    ["NODE_OPTIONS", "--max-old-space-size=512 --experimental-require-module"],
    ["JAVA_TOOL_OPTIONS", "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"],
    ["LD_PRELOAD", ""],
    ["PYTHONWARNINGS", "ignore"],
    ["toString", "x"],
  ] as const)
    it(`are not ${name}=${value}`, () => {
      expect(loadersIn({ [name]: value })).deep.equal({});
    });

  it("are none in what is not an environment", () => {
    for (const environment of [undefined, null, "HIDDEN_DUE_TO_SECURITY_REASONS", [], { LD_PRELOAD: 1 }])
      expect(loadersIn(environment)).deep.equal({});
  });
});
