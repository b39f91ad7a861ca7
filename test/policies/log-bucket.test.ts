import { expect } from "chai";
import { logBucketPolicy } from "../../policies/log-bucket";
import { decide } from "./evaluate";

const place = { partition: "aws", region: "us-west-2", account: "111122223333" };
const policy = logBucketPolicy({ place, bucket: "logs", trail: "ours" });
const ours = "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours";
const write = {
  action: "s3:PutObject",
  resource: "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/us-west-2/2026/01/01/x.json.gz",
  principal: "cloudtrail.amazonaws.com",
  context: {
    "aws:SourceArn": ours,
    "s3:x-amz-acl": "bucket-owner-full-control",
    "aws:SecureTransport": "true",
  },
};

describe("the log bucket's policy", () => {
  it("is this", () => {
    expect(policy).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TrailLooksAtTheBucket",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["s3:GetBucketAcl"],
          Resource: ["arn:aws:s3:::logs"],
          Condition: { StringEquals: { "aws:SourceArn": ours } },
        },
        {
          Sid: "TrailWritesLogFiles",
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["s3:PutObject"],
          Resource: ["arn:aws:s3:::logs/AWSLogs/111122223333/*"],
          Condition: { StringEquals: { "aws:SourceArn": ours, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
        {
          Sid: "NobodyElseWrites",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"],
          Resource: ["arn:aws:s3:::logs/*"],
          Condition: { StringNotEquals: { "aws:SourceArn": ours } },
        },
        {
          Sid: "OnlyWithTls",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("lets the trail write, log files and digests", () => {
    expect(decide(policy, write)).to.equal("allow");
    const digest = "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail-Digest/us-west-2/x.json.gz";
    expect(decide(policy, { ...write, resource: digest })).to.equal("allow");
  });

  const others = {
    "another trail": { ...write, context: { ...write.context, "aws:SourceArn": `${ours}2` } },
    "a user of the account": { ...write, principal: "arn:aws:iam::111122223333:user/bob", context: {} },
  };
  for (const [who, request] of Object.entries(others))
    it(`refuses ${who}`, () => {
      expect(decide(policy, request)).to.equal("deny");
    });

  it("allows nothing outside the account's prefix", () => {
    expect(decide(policy, { ...write, resource: "arn:aws:s3:::logs/AWSLogs/999988887777/x" })).to.equal(
      "none",
    );
  });

  it("denies unencrypted transport", () => {
    const plain = { ...write.context, "aws:SecureTransport": "false" };
    expect(decide(policy, { ...write, context: plain })).to.equal("deny");
    expect(decide(policy, { action: "s3:GetObject", resource: write.resource, context: plain })).to.equal(
      "deny",
    );
  });

  it("uses the stack's partition", () => {
    const china = logBucketPolicy({
      place: { ...place, partition: "aws-cn" },
      bucket: "logs",
      trail: "ours",
    });
    expect(JSON.stringify(china)).not.to.contain("arn:aws:");
  });
});
