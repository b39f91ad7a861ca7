import { expect } from "chai";
import fc from "fast-check";
import { compilePattern, conjunctionsOf, type Pattern } from "../../../handlers/rules/pattern";

/** Whether a pattern matches a value of one field. */
const matchesValue = (values: Pattern[string], value: unknown) =>
  compilePattern({ field: values })(value === undefined ? {} : { field: value });

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, its examples in their order.
const documented: [name: string, values: Pattern[string], matching: unknown[], others: unknown[]][] = [
  ["anything-but", [{ "anything-but": "initializing" }], ["running", "", 7, null, true], ["initializing"]],
  ["anything-but a number", [{ "anything-but": 123 }], [122, "123"], [123]],
  [
    "anything-but a list",
    [{ "anything-but": ["stopped", "overloaded"] }],
    ["running"],
    ["stopped", "overloaded"],
  ],
  ["anything-but numbers", [{ "anything-but": [100, 200, 300] }], [150], [100, 300]],
  ["anything-but prefix", [{ "anything-but": { prefix: "us-" } }], ["eu-west-1", 1], ["us-east-1"]],
  [
    "anything-but prefixes",
    [{ "anything-but": { prefix: ["us-", "eu-"] } }],
    ["ap-south-1"],
    ["us-a", "eu-b"],
  ],
  ["anything-but suffix", [{ "anything-but": { suffix: ".png" } }], ["a.txt"], ["a.png"]],
  [
    "anything-but ignoring case",
    [{ "anything-but": { "equals-ignore-case": "initializing" } }],
    ["running"],
    ["INITIALIZING", "initializing"],
  ],
  ["anything-but wildcard", [{ "anything-but": { wildcard: "*/lib/*" } }], ["/usr/bin"], ["/usr/lib/x"]],
  ["prefix", [{ prefix: "us-" }], ["us-east-1"], ["eu-us-1", "US-east-1", 1, null]],
  [
    "prefix ignoring case",
    [{ prefix: { "equals-ignore-case": "EventB" } }],
    ["eventbridge", "EVENTB"],
    ["event"],
  ],
  ["empty", [""], [""], [null, " ", "a", undefined]],
  ["equals", ["Alice"], ["Alice"], ["alice", "Alice "]],
  ["equals ignoring case", [{ "equals-ignore-case": "alice" }], ["Alice", "ALICE"], ["Bob"]],
  ["suffix", [{ suffix: ".png" }], ["a.png"], ["a.PNG", "png"]],
  ["suffix ignoring case", [{ suffix: { "equals-ignore-case": "tbridge" } }], ["EventBRIDGE"], ["bridget"]],
  ["exists", [{ exists: true }], ["a", "", 0, false, null], [undefined, {}, { a: 1 }, []]],
  ["exists not", [{ exists: false }], [undefined, {}, { a: 1 }, []], ["a", "", 0, false, null]],
  ["null", [null], [null], ["null", "", undefined]],
  ["true", [true], [true], ["true", 1]],
  ["number", [100], [100, 1e2], ["100", 101]],
  ["numeric equals", [{ numeric: ["=", 100] }], [100], ["100", 99]],
  ["numeric range", [{ numeric: [">", 10, "<=", 20] }], [11, 20, 10.5], [10, 21, "15"]],
  ["numeric bounds", [{ numeric: ["<", 10] }], [-5e9, 9.99], [10, -5.1e9]],
  ["numeric from", [{ numeric: [">=", 10] }], [10, 5e9], [9, 5.1e9]],
  ["or", ["Paris", "London", { prefix: "New " }], ["Paris", "New York"], ["Rome"]],
  ["cidr", [{ cidr: "10.0.0.0/24" }], ["10.0.0.33"], ["10.0.1.1", "ec2.amazonaws.com", "10.0.0.0/25"]],
  ["cidr of IPv6", [{ cidr: "2001:db8::/32" }], ["2001:db8:1::1"], ["2001:db9::1", "10.0.0.1"]],
  ["wildcard", [{ wildcard: "dir/*.png" }], ["dir/a.png", "dir/.png"], ["a.png", "dir/a.pngx"]],
];

describe("a pattern, as EventBridge documents it", () => {
  for (const [name, values, matching, others] of documented)
    describe(name, () => {
      for (const value of matching)
        it(`matches ${JSON.stringify(value) ?? "nothing"}`, () => {
          expect(matchesValue(values, value)).to.equal(true);
        });
      for (const value of others)
        it(`does not match ${JSON.stringify(value) ?? "nothing"}`, () => {
          expect(matchesValue(values, value)).to.equal(false);
        });
    });

  it("matches when all fields do, at any depth", () => {
    const matches = compilePattern({ location: ["New York"], detail: { day: ["Monday"] } });
    expect(matches({ location: "New York", detail: { day: "Monday", more: 1 } })).to.equal(true);
    expect(matches({ location: "New York", detail: { day: "Sunday" } })).to.equal(false);
    expect(matches({ location: "New York", detail: "Monday" })).to.equal(false);
  });

  it("matches a list when any of its values does, lists inside of lists too", () => {
    expect(matchesValue(["b"], ["a", "b"])).to.equal(true);
    expect(matchesValue(["b"], [["a"], [["b"]]])).to.equal(true);
    expect(matchesValue(["c"], ["a", "b"])).to.equal(false);
    expect(matchesValue([{ "anything-but": "a" }], ["a", "b"])).to.equal(true);
    expect(matchesValue([{ "anything-but": "a" }], ["a"])).to.equal(false);
    expect(matchesValue([{ "anything-but": "a" }], [])).to.equal(false);
  });

  // https://github.com/aws/event-ruler, "JSON Array Matching"
  const employees = [
    { firstName: "John", lastName: "Doe" },
    { firstName: "Anna", lastName: "Smith" },
    { firstName: "Peter", lastName: "Jones" },
  ];
  for (const [form, list] of [
    ["a list", employees],
    ["a list of lists", [employees.slice(0, 2), employees.slice(2)]],
  ] as const)
    it(`matches fields of objects in ${form} when one of them has all`, () => {
      const matches = (pattern: Pattern) => compilePattern({ employees: pattern })({ employees: list });
      expect(matches({ firstName: ["Anna"] })).to.equal(true);
      expect(matches({ firstName: ["Anna"], lastName: ["Smith"] })).to.equal(true);
      expect(matches({ firstName: ["Anna"], lastName: ["Jones"] })).to.equal(false);
      expect(matches({ firstName: ["Anna"], age: [{ exists: false }] })).to.equal(true);
      expect(matches({ age: [{ exists: false }] })).to.equal(true);
      expect(matches({ lastName: [{ exists: false }] })).to.equal(false);
    });

  it("matches alternatives, with what stands beside them", () => {
    const matches = compilePattern({
      source: ["aws.cloudwatch"],
      $or: [
        { metricName: ["CPUUtilization", "ReadLatency"] },
        {
          metricType: ["MetricType"],
          namespace: ["AWS/EC2"],
          $or: [{ metricId: [1234] }, { spaceId: [1000] }],
        },
        { scope: ["Service"] },
      ],
    });
    const source = "aws.cloudwatch";
    expect(matches({ source, metricName: "ReadLatency" })).to.equal(true);
    expect(matches({ source, scope: "Service" })).to.equal(true);
    expect(matches({ source, metricType: "MetricType", namespace: "AWS/EC2", spaceId: 1000 })).to.equal(true);
    expect(matches({ source, metricType: "MetricType", namespace: "AWS/EC2" })).to.equal(false);
    expect(matches({ metricName: "ReadLatency" })).to.equal(false);
  });

  it("matches alternatives in a list by one element of it, with what stands beside them", () => {
    const matches = compilePattern({ items: { a: [1], $or: [{ b: [2] }, { c: [3] }] } });
    expect(matches({ items: [{ a: 1, c: 3 }] })).to.equal(true);
    expect(matches({ items: [{ a: 1 }, { b: 2 }] })).to.equal(false);
    // Beside, at the level above: the fields are of the same list all the same.
    const above = compilePattern({ items: { a: [1] }, $or: [{ items: { b: [2] } }, { x: [1] }] });
    expect(above({ items: [{ a: 1 }, { b: 2 }] })).to.equal(false);
    expect(above({ items: [{ a: 1, b: 2 }] })).to.equal(true);
  });

  it("is worked out into conjunctions", () => {
    const pattern: Pattern = { a: [1], $or: [{ b: [2] }, { c: { d: [3] } }] };
    const paths = conjunctionsOf(pattern).map((one) => one.map(({ path }) => path.join(".")));
    expect(paths).to.deep.equal([
      ["a", "b"],
      ["a", "c.d"],
    ]);
  });
});

describe("a pattern, of whatever a record is", () => {
  it("does not match what the record only inherits", () => {
    expect(compilePattern({ toString: [{ exists: true }] })({})).to.equal(false);
    expect(compilePattern({ constructor: { name: ["Object"] } })({})).to.equal(false);
    expect(compilePattern({ constructor: { name: ["x"] } })({ constructor: { name: "x" } })).to.equal(true);
  });

  it("gives an answer, and does not change it", () => {
    const matches = compilePattern({
      requestParameters: { items: { name: [{ wildcard: "*a*" }, { exists: false }] } },
      $or: [{ userAgent: [{ prefix: "a" }] }, { userAgent: [{ "anything-but": ["b"] }] }],
    });
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true, maxDepth: 6 }), (record) => {
        const before = JSON.stringify(record);
        expect(matches(record)).to.equal(matches(record));
        expect(JSON.stringify(record)).to.equal(before);
      }),
    );
    for (const odd of [undefined, null, 7, "text", [], [[]]]) expect(matches(odd)).to.equal(false);
  });

  it("comes to an end for lists that are nested deeper than the stack", () => {
    let nested: unknown = "a";
    for (let depth = 0; depth < 100_000; depth++) nested = [nested];
    expect(matchesValue(["a"], nested)).to.equal(false);
    expect(compilePattern({ field: { name: ["a"] } })({ field: nested })).to.equal(false);
  });
});
