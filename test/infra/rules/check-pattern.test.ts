import { expect } from "chai";
import { checkPattern, checkPatternRules } from "../../../infra/rules/check-pattern";
import type { Problem } from "../../../infra/checks";

function problemsOf(check: typeof checkPattern | typeof checkPatternRules, value: unknown): string[] {
  const problems: Problem[] = [];
  check(value, "p", (problem) => problems.push(problem));
  return problems.map(({ key, expected, found }) => `${key}: expected ${expected}; found ${found}`);
}

const ofPattern = (pattern: unknown) => problemsOf(checkPattern, pattern);
const ofValues = (...values: unknown[]) => ofPattern({ userAgent: values });

describe("a pattern of the configuration", () => {
  for (const pattern of [
    { eventName: ["A", { prefix: "B" }, { suffix: { "equals-ignore-case": "c" } }], readOnly: [true, null] },
    { requestParameters: { a: { b: [{ numeric: [">", 0, "<=", 5] }] } }, errorCode: [{ exists: false }] },
    { sourceIPAddress: [{ cidr: "2001:db8::/32" }, { "anything-but": { wildcard: ["*.amazonaws.com"] } }] },
    { $or: [{ eventName: ["A"] }, { eventSource: [{ "anything-but": ["a", "b"] }] }], readOnly: [false] },
    { userAgent: [{ wildcard: "a\\*b*" }, { "anything-but": [1, 2] }, { "equals-ignore-case": "x" }] },
  ])
    it(`may be ${JSON.stringify(pattern)}`, () => {
      expect(ofPattern(pattern)).to.deep.equal([]);
    });

  for (const [what, pattern, problem] of [
    ["is an object", ["eventName"], "p: expected an object with fields of the record"],
    ["has fields", {}, "p: expected an object with fields"],
    ["has fields of records", { evntName: ["A"] }, 'found "evntName" (did you mean eventName?)'],
    ["has no envelope", { detail: { eventName: ["A"] } }, "without the envelope of an event"],
    [
      "has lists of values",
      { eventName: "A" },
      'p.eventName: expected a list of values, or an object; found "A" (in brackets: ["A"])',
    ],
    ["has some value", { eventName: [] }, "p.eventName: expected a list of values; found []"],
    ["has steps as objects", { requestParameters: { "a.b": ["x"] } }, "EventBridge takes the dot for a step"],
    ["has alternatives", { $or: [{ eventName: ["A"] }] }, "p.$or: expected a list of at least two patterns"],
    [
      "has no tests for fields in alternatives",
      { $or: [{ prefix: ["a"] }, { eventName: ["b"] }] },
      'the test "prefix"',
    ],
    [
      "has each field once",
      { eventName: ["A"], $or: [{ eventName: ["B"] }, { readOnly: [true] }] },
      "eventName twice",
    ],
    ["is as small as EventBridge takes it", { userAgent: ["x".repeat(5000)] }, "at most 4096 characters"],
  ] as const)
    it(what, () => {
      expect(ofPattern(pattern).join("\n")).to.contain(problem);
    });

  it("has no more alternatives than EventBridge takes", () => {
    const or = (field: string) => [1, 2, 3, 4].map((one) => ({ requestParameters: { [field]: [one] } }));
    const pattern = ["a", "b", "c", "d", "e"].reduce<object>(
      (inner, field) => ({
        $or: or(field),
        ...(Object.keys(inner).length === 0 ? {} : { responseElements: inner }),
      }),
      {},
    );
    expect(ofPattern(pattern).join("\n")).to.contain("at most 1000 alternatives by $or; found 1024");
  });

  for (const [value, problem] of [
    [{ prefx: "a" }, "one test: prefix, suffix"],
    [{ prefix: "a", suffix: "b" }, "one test"],
    [{ prefix: 1 }, "a text, or"],
    [{ prefix: "" }, "a text, or"],
    [{ wildcard: "a**b" }, "no two asterisks"],
    [{ wildcard: "a\\b" }, "a backslash before"],
    [{ numeric: [">", "1"] }, "comparisons such as"],
    [{ numeric: [">", 5, "<", 1] }, "the lower bound first"],
    [{ numeric: ["!=", 5] }, "comparisons such as"],
    [{ numeric: ["<", 6e9] }, "comparisons such as"],
    [{ cidr: "10.0.0.0" }, "an address range"],
    [{ cidr: "10.0.0.0/33" }, "an address range"],
    [{ exists: "yes" }, "true or false"],
    [{ "anything-but": [] }, "a value, a list of texts or of numbers"],
    [{ "anything-but": ["a", 1] }, "a value, a list of texts or of numbers"],
    [{ "anything-but": { cidr: "10.0.0.0/8" } }, "a value, a list of texts or of numbers"],
    [{ "anything-but": { wildcard: "**" } }, "no two asterisks"],
    [[["a"]], "a text, a number, true, false, null, or a test"],
  ] as const)
    it(`has no value ${JSON.stringify(value)}`, () => {
      expect(ofValues(value)[0])
        .to.match(/^p\.userAgent\[0\]/)
        .and.to.contain(problem);
    });
});

describe("a rule of the configuration", () => {
  const rule = {
    id: "ec2-instance-by-hand",
    title: "Instance started by hand",
    severity: "low",
    pattern: { eventSource: ["ec2.amazonaws.com"], eventName: ["RunInstances"] },
  };
  const ofRule = (own: object) => problemsOf(checkPatternRules, [{ ...rule, ...own }]);

  it("may have exceptions, a message and a runbook", () => {
    const unless = { userIdentity: { type: ["AWSService"] } };
    const message = "${userIdentity.arn} started ${responseElements.instancesSet.items.0.instanceId}";
    expect(ofRule({ unless, message, runbook: ["Ask."] })).to.deep.equal([]);
  });

  for (const [own, problem] of [
    [{ id: "Instance" }, "p[0].id: expected words of small letters"],
    [{ id: "own-part-changed" }, "guards the system itself"],
    [{ severity: "grave" }, "p[0].severity: expected one of critical"],
    [{ patern: {} }, "(did you mean pattern?)"],
    [{ unless: { usrAgent: ["a"] } }, "p[0].unless.usrAgent"],
    [{ message: "${requestParameters.a || 1}" }, "${…} holds a path alone"],
    [{ message: "${}" }, "${…} holds a path alone"],
    [
      { pattern: { eventSource: ["ec2.amazonaws.com"], eventName: ["RunInstance"] } },
      'found "ec2:RunInstance" (did you mean ec2:RunInstances',
    ],
    [
      { pattern: { eventSource: ["cloudwatch.amazonaws.com"], eventName: ["PutMetricAlarm"] } },
      "monitoring:PutMetricAlarm",
    ],
  ] as const)
    it(`is refused for ${JSON.stringify(own).slice(0, 60)}`, () => {
      expect(ofRule(own).join("\n")).to.contain(problem);
    });

  it("may name several events at several sources, when each is one of some source", () => {
    const pattern = {
      eventSource: ["ec2.amazonaws.com", "s3.amazonaws.com"],
      eventName: ["RunInstances", "CreateBucket"],
    };
    expect(ofRule({ pattern })).to.deep.equal([]);
  });

  it("has an id of its own", () => {
    expect(problemsOf(checkPatternRules, [rule, rule])).to.deep.equal([
      'p[1].id: expected each id once; found "ec2-instance-by-hand"',
    ]);
  });
});
