import { expect } from "chai";
import {
  createPatternDetection,
  eventsOf,
  filled,
  type PatternRule,
} from "../../../handlers/rules/pattern-rule";
import { withRules } from "../../../handlers/rules/rule";
import { createDetect } from "../../../handlers/detections/detect";
import { defaultSettings } from "../../../handlers/settings";
import { aDetection, aRecord } from "../../support/factories";

const rule: PatternRule = {
  id: "iam-admin-handed-out",
  title: "Administrator handed out",
  severity: "high",
  pattern: {
    eventSource: ["iam.amazonaws.com"],
    eventName: ["AttachUserPolicy", "AttachRolePolicy"],
    requestParameters: { policyArn: [{ suffix: "/AdministratorAccess" }] },
  },
  unless: { userIdentity: { arn: [{ wildcard: "*:assumed-role/deploy/*" }] } },
  message: "${requestParameters.userName} got ${requestParameters.policyArn}",
};

describe("a rule of the configuration", () => {
  const detection = createPatternDetection(rule);
  const match = (record: Parameters<typeof aRecord>[0] = {}) =>
    detection.match(aRecord(record), { ...defaultSettings.context, account: "" });

  it("is a detection that only alerts, of failed calls as well", () => {
    expect(detection).to.deep.include({
      id: "iam-admin-handed-out",
      severity: "high",
      remediation: "alert",
      outcome: "any",
      events: ["iam:AttachUserPolicy", "iam:AttachRolePolicy"],
    });
  });

  it("shows what its pattern looks at, and says its message", () => {
    expect(match()).to.deep.equal({
      title: "bob got arn:aws:iam::aws:policy/AdministratorAccess",
      evidence: [
        { parameter: "eventSource", value: "iam.amazonaws.com" },
        { parameter: "eventName", value: "AttachUserPolicy" },
        { parameter: "requestParameters.policyArn", value: "arn:aws:iam::aws:policy/AdministratorAccess" },
      ],
      resources: [],
    });
  });

  it("names the resources that the record does", () => {
    const resources = [{ ARN: "arn:aws:iam::111122223333:user/bob", type: "AWS::IAM::User" }, { x: 1 }];
    expect(match({ resources })?.resources).to.deep.equal([
      { type: "AWS::IAM::User", id: "arn:aws:iam::111122223333:user/bob" },
    ]);
  });

  it("passes over what its exceptions match, and everything else", () => {
    const arn = "arn:aws:sts::111122223333:assumed-role/deploy/main";
    expect(match({ userIdentity: { type: "AssumedRole", arn } })).to.equal(undefined);
    expect(match({ requestParameters: { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } })).to.equal(
      undefined,
    );
  });

  it("is found among the catalogue, and takes the place of a detection with its id", () => {
    const catalogue = { detections: [aDetection({ id: rule.id })], remediations: [] };
    const { detections } = withRules(catalogue, [], [rule]);
    const settings = { detections: {}, context: defaultSettings.context };
    const hits = createDetect(settings, detections)(aRecord());
    expect(hits.map((hit) => [hit.detection.tier, hit.severity])).to.deep.equal([["own", "high"]]);
  });
});

describe("the events of a pattern", () => {
  const source = { eventSource: ["lambda.amazonaws.com"] };

  it("are those that it names, without dates", () => {
    expect(eventsOf({ ...source, eventName: ["AddPermission20150331v2", "Invoke"] })).to.deep.equal([
      "lambda:AddPermission",
      "lambda:Invoke",
    ]);
    const either = [
      { eventName: ["A"], ...source },
      { eventName: ["B"], eventSource: ["s3.amazonaws.com"] },
    ];
    expect(eventsOf({ $or: either })).to.deep.equal(["lambda:A", "s3:B"]);
  });

  it("are all where it does not name name and source", () => {
    expect(eventsOf({ eventName: ["Invoke"] })).to.deep.equal(["*"]);
    expect(eventsOf({ ...source, eventName: [{ prefix: "Delete" }] })).to.deep.equal(["*"]);
    expect(eventsOf({ ...source, eventName: ["A", { prefix: "Delete" }] })).to.deep.equal(["*"]);
    expect(eventsOf({ $or: [{ ...source, eventName: ["A"] }, { errorCode: ["x"] }] })).to.deep.equal(["*"]);
  });
});

describe("a message", () => {
  const record = aRecord({
    requestParameters: {
      a: { b: 7 },
      list: [{ id: "i-1" }, { id: "i-2" }],
      long: "x".repeat(500),
      o: { p: 1 },
    },
  });

  for (const [message, text] of [
    ["${requestParameters.a.b} of them", "7 of them"],
    ["${requestParameters.list.1.id}", "i-2"],
    ["${requestParameters.list.id}", '["i-1","i-2"]'],
    ["${requestParameters.o}", '{"p":1}'],
    ["${requestParameters.nothing.here}", "(none)"],
    ["${toString}", "(none)"],
    ["$5 and {braces}", "$5 and {braces}"],
    ["${requestParameters.long}", `${"x".repeat(199)}…`],
  ] as const)
    it(`${message} says ${text.slice(0, 30)}`, () => {
      expect(filled(message, record)).to.equal(text);
    });

  it("takes what stands in a record for text alone", () => {
    const hostile = aRecord({ requestParameters: { name: "${userIdentity.accessKeyId} $& $1" } });
    expect(filled("by ${requestParameters.name}", hostile)).to.equal("by ${userIdentity.accessKeyId} $& $1");
  });
});
