import { expect } from "chai";
import { problemLine } from "../../cli/errors";
import { usageError } from "../../cli/verb";
import { awsError } from "../support/factories";

describe("the line about an error", () => {
  it("has AWS's code and message, without further lines", () => {
    expect(problemLine(awsError("AccessDenied", "no\nDeserialization error"))).to.equal(
      "AccessDenied: no (--debug shows the rest)",
    );
    expect(problemLine(new Error("it broke"))).to.equal("it broke");
    expect(problemLine(new TypeError("x is not a function"))).to.equal("TypeError: x is not a function");
    expect(problemLine("just a text")).to.equal("just a text");
    expect(problemLine(undefined)).to.equal("undefined");
  });

  it("says what to do without credentials", () => {
    expect(problemLine(awsError("CredentialsProviderError", "Could not load"))).to.match(/set AWS_PROFILE/);
  });

  it("says why none of several addresses answered", () => {
    const refused = new AggregateError(
      [new Error("connect ECONNREFUSED ::1:9"), new Error("no 127.0.0.1:9")],
      "",
    );
    expect(problemLine(refused)).to.equal("connect ECONNREFUSED ::1:9; no 127.0.0.1:9");
  });

  it("keeps all lines of a usage error, without terminal escapes", () => {
    expect(problemLine(usageError("2 errors:\n  a\n  b"))).to.equal("2 errors:\n  a\n  b");
    expect(problemLine(new Error("\u001b[2Jgone\u202e"))).to.equal("\\u001b[2Jgone\\u202e");
  });
});
