import { expect } from "chai";
import { detections } from "../../../handlers/detections/index";
import {
  arnsOfAction,
  isEvent,
  isIamAction,
  nearestActions,
  nearestEvents,
} from "../../../infra/rules/aws-names";

describe("AWS's names", () => {
  it("have every event that a detection names", () => {
    const events = detections.flatMap((one) => one.events).filter((event) => event !== "*");
    expect(events.filter((event) => !isEvent(event))).to.deep.equal([]);
  });

  for (const event of [
    "ec2:CreateTags",
    "s3:DeleteObjects",
    "apigateway:CreateRestApi",
    "monitoring:PutMetricAlarm",
    "signin:ConsoleLogin",
    "lambda:CreateFunction",
  ])
    it(`have the event ${event}`, () => {
      expect(isEvent(event)).to.equal(true);
    });

  for (const [event, near] of [
    ["ec2:CraeteTags", "ec2:CreateTags"],
    ["ec2:createTags", "ec2:CreateTags"],
    ["ecc2:RunInstances", "ec2:RunInstances"],
    // IAM's name of the service, and of the action.
    ["cloudwatch:PutMetricAlarm", "monitoring:PutMetricAlarm"],
    ["s3:ListBucket", "s3:ListBuckets"],
    ["sns:RunInstances", "ec2:RunInstances"],
  ] as const)
    it(`have no event ${event}, and ${near} near to it`, () => {
      expect(isEvent(event)).to.equal(false);
      expect(nearestEvents(event)).to.include(near);
    });

  it("have actions that are no events", () => {
    expect(isIamAction("iam:PassRole")).to.equal(true);
    expect(isEvent("iam:PassRole")).to.equal(false);
  });

  it("suggest nothing for what is like nothing", () => {
    expect(nearestEvents("nowhere:Whatever")).to.deep.equal([]);
    expect(isEvent("../../secret:X")).to.equal(false);
  });

  it("have actions, and near ones", () => {
    expect(isIamAction("ec2:DescribeTags")).to.equal(true);
    expect(isIamAction("ec2:DescribTags")).to.equal(false);
    expect(nearestActions("ec2:DescribTags")[0]).to.equal("ec2:DescribeTags");
  });

  it("have the resources of an action", () => {
    expect(arnsOfAction("s3:PutBucketTagging")).to.deep.equal(["arn:${Partition}:s3:::${BucketName}"]);
    expect(arnsOfAction("ec2:DescribeTags")).to.deep.equal([]);
  });
});
