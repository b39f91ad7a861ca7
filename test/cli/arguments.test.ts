import { expect } from "chai";
import { parse } from "../../cli/arguments";
import { isUsageError, type Options } from "../../cli/verb";

const options = {
  why: { type: "string", value: "TEXT", description: "the reason" },
  format: { type: "string", default: "table", description: "the form" },
  config: { type: "string", value: "FILE", multiple: true, description: "a file" },
  force: { type: "boolean", short: "f", description: "all the same" },
} as const satisfies Options;

function problemOf(...args: string[]): string {
  try {
    parse(args, options);
  } catch (error) {
    expect(isUsageError(error)).to.equal(true);
    return (error as Error).message;
  }
  throw new Error(`expected ${args.join(" ")} to be refused`);
}

describe("the arguments of a verb", () => {
  it("are the given ones, or the defaults", () => {
    expect(parse([], options)).to.deep.equal({
      values: { why: undefined, format: "table", config: [], force: false },
      positionals: [],
    });
    const args = [
      "a",
      "--why",
      "so",
      "--config=x",
      "b",
      "--config",
      "y=z",
      "-f",
      "--format",
      "json",
      "--",
      "--why",
    ];
    expect(parse(args, options)).to.deep.equal({
      values: { why: "so", format: "json", config: ["x", "y=z"], force: true },
      positionals: ["a", "b", "--why"],
    });
  });

  it("may have a value that starts with a hyphen, after an equals sign", () => {
    expect(parse(["--why=--force"], options).values).to.include({ why: "--force", force: false });
  });

  it("suggest the option that may have been meant", () => {
    expect(problemOf("--forse")).to.equal("unknown option --forse (did you mean --force?)");
    expect(problemOf("--wyh", "x")).to.include("did you mean --why?");
    expect(problemOf("--colour")).to.equal("unknown option --colour");
    expect(problemOf("-x")).to.equal("unknown option -x");
    expect(problemOf("--constructor")).to.equal("unknown option --constructor");
    expect(problemOf("--__proto__=1")).to.equal("unknown option --__proto__");
  });

  it("need a value if they take one, and none otherwise", () => {
    expect(problemOf("--why")).to.equal("expected --why TEXT, found no value");
    expect(problemOf("--why", "--force")).to.include("expected --why TEXT, found --force");
    expect(problemOf("--force=yes")).to.equal('expected --force without a value, found "yes"');
  });
});
