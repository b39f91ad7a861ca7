import { expect } from "chai";
import { alertTopicPolicy, logTopicPolicy, watchTopicPolicy } from "../../policies/topics";
import { decide } from "./evaluate";

const place = { partition: "aws", region: "us-west-2", account: "111122223333" };
const topic = "arn:aws:sns:us-west-2:111122223333:ours";
const tls = { "aws:SecureTransport": "true" };

describe("the notification topic's policy", () => {
  const policy = logTopicPolicy({ place, topic: "ours", trail: "ours" });
  const source = "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours";
  const publish = {
    action: "sns:Publish",
    resource: topic,
    principal: "cloudtrail.amazonaws.com",
    context: { ...tls, "aws:SourceArn": source },
  };

  it("is this", () => {
    expect(
      policy.Statement.map(({ Sid, Effect, Action, Resource }) => [Sid, Effect, Action, Resource]),
    ).to.deep.equal([
      ["TrailPublishes", "Allow", ["SNS:Publish"], [topic]],
      ["NobodyElsePublishes", "Deny", ["SNS:Publish"], [topic]],
      ["OnlyWithTls", "Deny", ["SNS:Publish"], [topic]],
    ]);
  });

  it("lets the trail publish, and nobody else", () => {
    expect(decide(policy, publish)).to.equal("allow");
    expect(decide(policy, { ...publish, context: { ...tls, "aws:SourceArn": `${source}2` } })).to.equal(
      "deny",
    );
    expect(
      decide(policy, { ...publish, principal: "arn:aws:iam::111122223333:user/bob", context: tls }),
    ).to.equal("deny");
    expect(
      decide(policy, { ...publish, context: { ...publish.context, "aws:SecureTransport": "false" } }),
    ).to.equal("deny");
  });
});

describe("the alert topic's policy", () => {
  const policy = alertTopicPolicy({ place, topic: "ours", role: "detector" });
  const asking = (principal: string, secure = "true") => ({
    action: "sns:Publish",
    resource: topic,
    principal,
    context: { "aws:PrincipalArn": principal, "aws:SecureTransport": secure },
  });

  it("lets the detector publish, and nobody else", () => {
    expect(decide(policy, asking("arn:aws:iam::111122223333:role/detector"))).to.equal("allow");
    for (const other of [
      "arn:aws:iam::111122223333:user/bob",
      "arn:aws:iam::111122223333:role/detector2",
      "arn:aws:iam::999988887777:role/detector",
      "arn:aws:sts::111122223333:assumed-role/other/detector",
    ])
      expect(decide(policy, asking(other)), other).to.equal("deny");
  });

  it("refuses what is not encrypted on its way", () => {
    expect(decide(policy, asking("arn:aws:iam::111122223333:role/detector", "false"))).to.equal("deny");
  });
});

describe("the watch topic's policy", () => {
  const rule = "arn:aws:events:us-west-2:111122223333:rule/watch.sight";
  const alarm = "arn:aws:cloudwatch:us-west-2:111122223333:alarm:watch.errors";
  const policy = watchTopicPolicy({ place, topic: "ours", rules: [rule], alarms: [alarm] });
  const asking = (principal: string, source?: string) => ({
    action: "sns:Publish",
    resource: topic,
    principal,
    context: { ...tls, ...(source === undefined ? {} : { "aws:SourceArn": source }) },
  });

  it("lets its rules and its alarms publish", () => {
    expect(decide(policy, asking("events.amazonaws.com", rule))).to.equal("allow");
    expect(decide(policy, asking("cloudwatch.amazonaws.com", alarm))).to.equal("allow");
  });

  it("lets nobody else publish, the function's role neither", () => {
    expect(decide(policy, asking("events.amazonaws.com", `${rule}2`))).to.equal("deny");
    expect(decide(policy, asking("cloudwatch.amazonaws.com", alarm.replace("errors", "others")))).to.equal(
      "deny",
    );
    expect(decide(policy, asking("events.amazonaws.com"))).to.equal("deny");
    expect(decide(policy, asking("s3.amazonaws.com", rule))).to.equal("none");
    for (const principal of ["user/bob", "role/cloudtrailer-lambda-role-red"])
      expect(decide(policy, asking(`arn:aws:iam::111122223333:${principal}`)), principal).to.equal("deny");
  });

  it("lets no rule publish to a topic of alarms alone", () => {
    const alarms = watchTopicPolicy({ place, topic: "ours", rules: [], alarms: [alarm] });
    expect(decide(alarms, asking("events.amazonaws.com", rule))).to.equal("deny");
    expect(decide(alarms, asking("cloudwatch.amazonaws.com", alarm))).to.equal("allow");
  });
});
