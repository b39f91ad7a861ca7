import { expect } from "chai";
import { letsCloudTrail } from "../../../local/recorder/service-policies";
import { account } from "./support";

const trailArn = `arn:aws:cloudtrail:us-west-2:${account}:trail/t`;

describe("what CloudTrail may do", () => {
  const request = {
    action: "s3:PutObject",
    resource: `arn:aws:s3:::logs/AWSLogs/${account}/CloudTrail/`,
    context: {
      "aws:sourcearn": trailArn,
      "aws:securetransport": "true",
      "s3:x-amz-acl": "bucket-owner-full-control",
    },
  };
  const allow = {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::logs/AWSLogs/${account}/*`,
    Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
  };
  const lets = (...statements: object[]) =>
    letsCloudTrail(JSON.stringify({ Statement: statements }), request);

  it("is what a statement for it, this trail and this place allows", () => {
    expect(lets(allow)).to.equal(true);
    expect(lets({ ...allow, Action: ["s3:Get*", "s3:Put*"] })).to.equal(true);
    expect(
      lets({ ...allow, Principal: { Service: ["sns.amazonaws.com", "cloudtrail.amazonaws.com"] } }),
    ).to.equal(true);
  });

  it("is nothing without one", () => {
    expect(letsCloudTrail(undefined, request)).to.equal(false);
    expect(lets()).to.equal(false);
    expect(lets({ ...allow, Principal: { AWS: `arn:aws:iam::${account}:root` } })).to.equal(false);
    expect(lets({ ...allow, Action: "s3:GetBucketAcl" })).to.equal(false);
    expect(lets({ ...allow, Resource: "arn:aws:s3:::logs/AWSLogs/999999999999/*" })).to.equal(false);
    const otherTrail = { StringEquals: { "aws:SourceArn": `${trailArn}2` } };
    expect(lets({ ...allow, Condition: otherTrail })).to.equal(false);
    expect(lets({ ...allow, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } })).to.equal(false);
  });

  it("is not what another statement denies", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    expect(lets(allow, deny)).to.equal(false);
    expect(lets(allow, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } })).to.equal(true);
    expect(lets(allow, { ...deny, Condition: { ArnNotLike: { "aws:SourceArn": trailArn } } })).to.equal(true);
    expect(lets(allow, { ...deny, Condition: { ArnNotLike: { "aws:SourceArn": "arn:aws:x:*" } } })).to.equal(
      false,
    );
  });
});
