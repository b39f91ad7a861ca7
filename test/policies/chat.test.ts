import { expect } from "chai";
import { chatRolePolicy, chatTrust } from "../../policies/chat";
import { chatTopicPolicy } from "../../policies/topics";
import { decide } from "./evaluate";

const account = "111122223333";
const place = { partition: "aws", region: "us-west-2", account };
const name = "cloudtrailer-chat-red--security";
const topic = `arn:aws:sns:us-west-2:${account}:${name}`;

describe("a chat room's topic", () => {
  const policy = chatTopicPolicy({ place, topic: name, bus: "cloudtrailer-findings-red", rule: "security" });
  const rule = `arn:aws:events:us-west-2:${account}:rule/cloudtrailer-findings-red/security`;
  const publish = {
    action: "sns:Publish",
    resource: topic,
    principal: "events.amazonaws.com",
    context: { "aws:SecureTransport": "true", "aws:SourceArn": rule },
  };

  it("admits its rule on the findings bus, and nobody else", () => {
    expect(decide(policy, publish)).to.equal("allow");
    for (const source of [`${rule}2`, rule.replace("findings-red", "findings-blue"), `${rule}/x`])
      expect(
        decide(policy, { ...publish, context: { ...publish.context, "aws:SourceArn": source } }),
      ).to.equal("deny");
    const bob = `arn:aws:iam::${account}:user/bob`;
    const context = { "aws:SecureTransport": "true" };
    expect(decide(policy, { ...publish, principal: bob, context })).to.equal("deny");
    const open = { ...publish.context, "aws:SecureTransport": "false" };
    expect(decide(policy, { ...publish, context: open })).to.equal("deny");
  });
});

describe("a chat room's role", () => {
  const policyOf = (buttons: boolean) =>
    chatRolePolicy({ place, topic: name, buttons, key: "cloudtrailer-answer" });
  const tag = (keys: string[] | undefined, resource = topic, action = "sns:TagResource") =>
    decide(policyOf(true), {
      action,
      resource,
      context: keys === undefined ? {} : { "aws:TagKeys": keys },
    });

  it("sets one tag on its own topic, and does nothing else", () => {
    expect(tag(["cloudtrailer-answer"])).to.equal("allow");
    expect(tag(["team"])).not.to.equal("allow");
    expect(tag(["cloudtrailer-answer", "team"])).not.to.equal("allow");
    expect(tag(undefined)).not.to.equal("allow");
    expect(tag(["cloudtrailer-answer"], topic.replace("security", "other"))).not.to.equal("allow");
    for (const action of [
      "sns:UntagResource",
      "sns:Publish",
      "sns:SetTopicAttributes",
      "lambda:InvokeFunction",
    ])
      expect(tag(["cloudtrailer-answer"], topic, action), action).not.to.equal("allow");
    const statement = policyOf(true).Statement;
    expect(statement).to.have.length(1);
    expect(statement[0]?.Action).to.deep.equal(["sns:TagResource"]);
    expect(statement[0]?.Resource).to.deep.equal([topic]);
  });

  it("may do nothing without buttons", () => {
    const asked = {
      action: "sns:TagResource",
      resource: topic,
      context: { "aws:TagKeys": ["cloudtrailer-answer"] },
    };
    expect(decide(policyOf(false), asked)).to.equal("deny");
    expect(decide(policyOf(false), { action: "s3:ListAllMyBuckets", resource: "*" })).to.equal("deny");
  });

  it("is assumed by Amazon Q alone, and for this account", () => {
    const trust = chatTrust(place);
    expect(trust.Statement).to.have.length(1);
    expect(trust.Statement[0]).to.deep.include({
      Principal: { Service: "chatbot.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: { StringEqualsIfExists: { "aws:SourceAccount": account } },
    });
  });
});
