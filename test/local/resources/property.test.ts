import { expect } from "chai";
import { resourceTypeOf } from "../../../local/resources/index";
import { invoke } from "../../../local/resources/invokes";
import type { Aws } from "../../../local/resources/aws";
import { check, difference, type Properties, unknownValue } from "../../../local/resources/property";
import { checkInputs } from "../../../local/resources/resource-type";

const properties: Properties = {
  name: { kind: "text", named: true, replaces: true },
  document: { kind: "json", required: true },
  days: { kind: "number", default: 30 },
  tags: { kind: "map" },
  rules: {
    kind: "objects",
    of: { id: { kind: "text", required: true }, on: { kind: "flag", default: false } },
  },
};
const document = { Version: "2012-10-17", Statement: [] };

describe("check", () => {
  it("accepts what the table allows", () => {
    const inputs = {
      name: "a",
      document,
      days: 1,
      tags: { owner: "blue" },
      rules: [{ id: "one", on: true }],
    };
    expect(check(properties, inputs)).to.deep.equal([]);
  });

  it("names an unknown property, and those that are known", () => {
    const [failure, ...others] = check(properties, { document, retention: 7 });
    expect(others).to.deep.equal([]);
    expect(failure?.property).to.equal("retention");
    expect(failure?.reason).to.match(/not supported.*days, document, name, rules, tags/);
  });

  it("does not take names of Object.prototype for supported ones", () => {
    expect(check(properties, { document, constructor: "x" })).to.have.length(1);
  });

  it("names an unknown property inside a list by its path", () => {
    const failures = check(properties, { document, rules: [{ id: "one" }, { id: "two", off: true }] });
    expect(failures.map(({ property }) => property)).to.deep.equal(["rules[1].off"]);
  });

  const wrong: [string, unknown, RegExp][] = [
    ["document", "not JSON", /expected a JSON document, found "not JSON"/],
    ["document", "[1]", /expected a JSON document/],
    ["days", "30", /expected a number, found "30"/],
    ["tags", { owner: 1 }, /expected an object with strings as values/],
    ["rules", { id: "one" }, /expected a list of objects/],
  ];
  for (const [property, value, reason] of wrong) {
    it(`refuses ${property}: ${JSON.stringify(value)}`, () => {
      const failures = check(properties, { document, [property]: value });
      expect(failures).to.have.length(1);
      expect(failures[0]?.property).to.equal(property);
      expect(failures[0]?.reason).to.match(reason);
    });
  }

  it("reports everything wrong at once", () => {
    const failures = check(properties, { days: "x", tags: 1, rules: [{}] });
    expect(failures.map(({ property }) => property).sort()).to.deep.equal([
      "days",
      "document",
      "rules[0].id",
      "tags",
    ]);
  });

  it("accepts what a preview does not know yet, anywhere", () => {
    const inputs = { document: unknownValue, tags: { owner: unknownValue }, rules: [unknownValue] };
    expect(check(properties, inputs)).to.deep.equal([]);
  });
});

describe("difference", () => {
  const same: [string, object, object][] = [
    ["a default and nothing", { days: 30 }, {}],
    ["a document as text and as an object", { document: JSON.stringify(document) }, { document }],
    [
      "documents whose keys stand in another order",
      { document: '{"Statement":[],"Version":"2012-10-17"}' },
      { document },
    ],
    ["no tags and nothing", { tags: {} }, {}],
    ["an empty text and nothing", { name: "" }, {}],
    ["a default inside a list", { rules: [{ id: "one", on: false }] }, { rules: [{ id: "one" }] }],
  ];
  for (const [what, olds, news] of same) {
    it(`sees none between ${what}`, () => {
      expect(difference(properties, { ...olds }, { ...news }).changed).to.deep.equal([]);
    });
  }

  it("reports what changed, and what requires a replacement", () => {
    const olds = { name: "a", days: 30, tags: { owner: "blue" } };
    expect(difference(properties, olds, { name: "b", days: 31, tags: { owner: "blue" } })).to.deep.equal({
      changed: ["name", "days"],
      replaces: ["name"],
    });
  });

  it("considers the order of a list", () => {
    const rules = [{ id: "one" }, { id: "two" }];
    expect(difference(properties, { rules }, { rules: [...rules].reverse() }).changed).to.deep.equal([
      "rules",
    ]);
  });
});

describe("checkInputs", () => {
  const logGroup = resourceTypeOf("aws:cloudwatch/logGroup:LogGroup");

  it("generates an omitted name", () => {
    const { inputs, failures } = checkInputs(logGroup, "log", {}, "0a1b2c3");
    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.equal({ name: "log-0a1b2c3" });
  });

  it("keeps a given name", () => {
    expect(checkInputs(logGroup, "log", { name: "mine" }, "0a1b2c3").inputs).to.deep.equal({ name: "mine" });
  });
});

describe("what is not supported on this machine", () => {
  it("is an error that names the resource type", () => {
    expect(() => resourceTypeOf("aws:rds/instance:Instance")).to.throw(
      /aws:rds\/instance:Instance is not supported/,
    );
  });

  it("is an error that names the function", async () => {
    const error = await invoke("aws:ec2/getAmi:getAmi", {}, {} as Aws).catch((refused: Error) => refused);
    expect(error).to.be.an("error");
    expect((error as Error).message).to.match(/aws:ec2\/getAmi:getAmi is not supported/);
  });
});
