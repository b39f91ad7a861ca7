import { expect } from "chai";
import { isRecordEvent, recordEventOf } from "../../../handlers/cloudtrail/event";
import { anEvent } from "../../support/events";
import { account, aRecord } from "../../support/factories";

describe("isRecordEvent", () => {
  it("distinguishes events of records from CloudTrail's notifications, and from S3's, which EventBridge brings as well", () => {
    for (const kind of [
      "AWS API Call",
      "AWS Console Sign In",
      "AWS Console Action",
      "AWS Service Event",
      "AWS Insight",
    ])
      expect(isRecordEvent(anEvent(aRecord(), { "detail-type": `${kind} via CloudTrail` })), kind).to.equal(
        true,
      );
    for (const kind of ["Object Created", "EC2 Instance State-change Notification", 7, null])
      expect(isRecordEvent(anEvent(aRecord(), { "detail-type": kind })), String(kind)).to.equal(false);
    expect(isRecordEvent('{"s3Bucket":"b","s3ObjectKey":["k"]}')).to.equal(false);
    expect(isRecordEvent("CloudTrail validation message.")).to.equal(false);
    expect(isRecordEvent("[]")).to.equal(false);
    expect(isRecordEvent("null")).to.equal(false);
  });
});

describe("recordEventOf", () => {
  const problemOf = (own: Record<string, unknown>, record = aRecord()) =>
    recordEventOf(anEvent(record, own), { account }).problem;

  it("returns the record, and where it is from", () => {
    expect(recordEventOf(anEvent(), { account })).to.deep.equal({
      record: aRecord(),
      source: "eventbridge:us-east-1/8f9e0a1b-0000-4000-8000-000000000001",
    });
  });

  it("knows insights, which are no records", () => {
    expect(recordEventOf(anEvent(aRecord()), { account })).not.to.have.property("isInsight");
    const insight = anEvent(aRecord(), { "detail-type": "AWS Insight via CloudTrail" });
    expect(recordEventOf(insight, { account })).to.have.property("isInsight", true);
  });

  it("finds a problem where the event is not AWS's, or its parts disagree", () => {
    expect(problemOf({ source: "evil.iam" })).to.equal('its source is "evil.iam", not AWS');
    expect(problemOf({ source: "AWS.iam" })).to.match(/^its source is/);
    expect(problemOf({ source: ["aws.iam"] })).to.match(/^its source is/);
    expect(problemOf({ account: "999988887777" })).to.match(/^it is of the account 999988887777/);
    expect(problemOf({}, aRecord({ recipientAccountId: "999988887777" }))).to.match(/^its record is of the/);
    expect(problemOf({ region: "eu-west-1" })).to.match(/^its record is of the region us-east-1/);
    expect(problemOf({ region: undefined })).to.match(/^its record is of the region/);
    expect(problemOf({ detail: "text" })).to.match(/^its record is of the account \(unknown\)/);
  });

  it("takes a member's events, whose parts must agree just the same, and no other account's", () => {
    const accounts = { account, accounts: { "222233334444": { member: true as const }, "333344445555": {} } };
    const problemIn = (envelope: string, recipientAccountId: string) =>
      recordEventOf(anEvent(aRecord({ recipientAccountId }), { account: envelope }), accounts).problem;
    expect(problemIn("222233334444", "222233334444")).to.equal(undefined);
    expect(problemIn("222233334444", account)).to.match(/^its record is of the account/);
    expect(problemIn(account, "222233334444")).to.match(/^its record is of the account/);
    for (const other of ["333344445555", "999988887777", "constructor"])
      expect(problemIn(other, other)).to.match(/^it is of the account .*, not of \d{12} or a member$/);
  });

  it("names the replay that brought it", () => {
    expect(recordEventOf(anEvent(aRecord(), { "replay-name": "again" }), { account }).replay).to.equal(
      "again",
    );
  });

  it("shows nothing of a hostile envelope in the source", () => {
    const own = { id: "x\n/../y", region: { toString: 1 } };
    expect(recordEventOf(anEvent(aRecord(), own), { account }).source).to.equal(
      "eventbridge:(unknown)/(unknown)",
    );
  });
});
