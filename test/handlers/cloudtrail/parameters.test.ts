import { uninspected } from "../../../handlers/detections/readers/uninspected";
import { expect } from "chai";
import {
  fieldOf,
  hiddenParameters,
  isFalse,
  isRedacted,
  isTrue,
  nameInArn,
  numberOf,
  objectsOf,
  parameterOf,
  textsOf,
} from "../../../handlers/cloudtrail/parameters";
import { call } from "../detections/support/cases";

describe("parameterOf", () => {
  it("reads a parameter that stands by itself, in capitals or not", () => {
    expect(parameterOf(call("s3:PutObject", { bucketName: "a" }), "bucketName")).equal("a");
    expect(parameterOf(call("ssm:SendCommand", { DocumentName: "a" }), "documentName")).equal("a");
  });

  it("reads a wrapped parameter, and one under a date in the event's name", () => {
    const wrapped = call("ec2:DeleteFlowLogs", { DeleteFlowLogsRequest: { FlowLogId: "fl-1" } });
    expect(parameterOf(wrapped, "flowLogId")).equal("fl-1");
    expect(
      parameterOf(call("lambda:AddPermission20150331v2", { AddPermissionRequest: { a: 1 } }), "a"),
    ).equal(1);
  });

  it("finds nothing if there is nothing", () => {
    for (const parameters of [
      null,
      undefined,
      "HIDDEN_DUE_TO_SECURITY_REASONS",
      [],
      { DeleteFlowLogsRequest: "" },
    ])
      expect(parameterOf(call("ec2:DeleteFlowLogs", parameters), "flowLogId")).equal(undefined);
  });

  it("does not find members of Object.prototype", () => {
    expect(fieldOf({}, "constructor")).equal(undefined);
    expect(parameterOf(call("x:Y", {}), "toString")).equal(undefined);
  });
});

describe("lists", () => {
  it("are read in each form of texts", () => {
    for (const form of [
      "a",
      ["a"],
      { content: "a", tag: 1 },
      [{ content: "a", tag: 1 }],
      { items: ["a"] },
      { items: "a" },
      { member: ["a"] },
    ])
      expect(textsOf(form), JSON.stringify(form)).deep.equal(["a"]);
    expect(textsOf([1, null, {}, [], { content: {} }])).deep.equal(["1"]);
    expect(textsOf(undefined)).deep.equal([]);
  });

  it("are read in each form of objects", () => {
    for (const form of [
      { a: 1 },
      [{ a: 1 }],
      { items: [{ a: 1 }] },
      { items: { a: 1 } },
      [{ a: 1 }, null, "x", {}],
    ])
      expect(objectsOf(form), JSON.stringify(form)).deep.equal([{ a: 1 }]);
    for (const form of [undefined, null, "", {}, { items: null }, { items: "" }])
      expect(objectsOf(form), JSON.stringify(form)).deep.equal([]);
  });
});

describe("flags and numbers", () => {
  it("are read as they are and as text", () => {
    expect([true, "true", "True", 1, "yes", null, undefined, {}].map(isTrue)).deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([false, "false", "False", 0, "", null, undefined, {}].map(isFalse)).deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([1, "30", "-1", "1.5", "", "1e9", "x", null, Number.NaN].map(numberOf)).deep.equal([
      1,
      30,
      -1,
      1.5,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("nameInArn", () => {
  for (const [text, name] of [
    ["main", "main"],
    ["arn:aws:cloudtrail:eu-west-1:111122223333:trail/main", "main"],
    ["arn:aws:sns:eu-west-1:111122223333:topic", "topic"],
    ["arn:aws:iam::111122223333:role/path/to/r", "r"],
    ["arn:", ""],
  ] as const)
    it(`finds ${JSON.stringify(name)} in ${text}`, () => {
      expect(nameInArn(text)).equal(name);
    });
});

describe("parameters that are not visible", () => {
  it("are distinguished from none", () => {
    expect(hiddenParameters(call("x:Y", { omitted: true, reason: "too large" }))).equal(
      "requestParameters omitted: too large",
    );
    expect(hiddenParameters(call("x:Y", { omitted: true, reason: {} }))).equal(
      "requestParameters omitted: no reason given",
    );
    expect(hiddenParameters(call("x:Y", "HIDDEN_DUE_TO_SECURITY_REASONS"))).equal(
      "requestParameters hidden: HIDDEN_DUE_TO_SECURITY_REASONS",
    );
    for (const parameters of [null, undefined, "", {}, { omitted: false }, { bucketName: "omitted" }])
      expect(hiddenParameters(call("x:Y", parameters))).equal(undefined);
  });

  it("make a match that says so", () => {
    expect(uninspected(call("x:Y", { omitted: true, reason: "too large" }))?.couldNotInspect).equal(
      "requestParameters omitted: too large",
    );
    expect(uninspected(call("x:Y", {}))).equal(undefined);
  });

  it("are recognized by their value", () => {
    expect(
      ["<sensitiveDataRemoved>", "HIDDEN_DUE_TO_SECURITY_REASONS", "***", null].map(isRedacted),
    ).deep.equal([true, true, false, false]);
  });
});
