import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { logFileKey } from "../../local/recorder/delivery";
import { functionAccessKey } from "../../local/recorder/function-sessions";
import { roleSession } from "../../local/recorder/identities";
import { letsCloudTrail } from "../../local/recorder/service-policies";
import { gets, type Trail } from "../../local/recorder/trails";
import { account } from "./support";

const trail: Trail = {
  name: "t",
  arn: `arn:aws:cloudtrail:us-west-2:${account}:trail/t`,
  homeRegion: "us-west-2",
  isMultiRegion: true,
  includesGlobalServices: true,
  bucket: "logs",
  isLogging: true,
  selectors: { basic: [], advanced: [] },
};

const record = (fields: Partial<CloudTrailRecord> = {}): CloudTrailRecord => ({
  eventID: "1",
  eventTime: "2026-11-23T13:33:28Z",
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateVpc",
  awsRegion: "us-west-2",
  readOnly: false,
  eventCategory: "Management",
  ...fields,
});

describe("what a trail gets", () => {
  const iam = record({ eventSource: "iam.amazonaws.com", awsRegion: "us-east-1" });

  it("is everything, when it is of all regions", () => {
    expect(gets(trail, record({ awsRegion: "eu-central-1" }))).to.equal(true);
    expect(gets(trail, iam)).to.equal(true);
  });

  it("is its own region's events, when it is of one", () => {
    const single = { ...trail, isMultiRegion: false };
    expect(gets(single, record())).to.equal(true);
    expect(gets(single, record({ awsRegion: "eu-central-1" }))).to.equal(false);
    expect(gets(single, iam)).to.equal(false);
    expect(gets({ ...single, homeRegion: "us-east-1" }, iam)).to.equal(true);
  });

  it("is without global services, when it asks so", () => {
    expect(gets({ ...trail, includesGlobalServices: false }, iam)).to.equal(false);
    expect(gets({ ...trail, includesGlobalServices: false }, record())).to.equal(true);
  });

  it("is what its selectors let in", () => {
    const basic = (selector: object) => ({ ...trail, selectors: { basic: [selector], advanced: [] } });
    expect(gets(basic({ ReadWriteType: "ReadOnly" }), record())).to.equal(false);
    expect(gets(basic({ ReadWriteType: "WriteOnly" }), record())).to.equal(true);
    expect(gets(basic({ IncludeManagementEvents: false }), record())).to.equal(false);
    expect(gets(basic({ ExcludeManagementEventSources: ["ec2.amazonaws.com"] }), record())).to.equal(false);
    const advanced = (...FieldSelectors: { Field: string }[]) => ({
      ...trail,
      selectors: { basic: [], advanced: [{ FieldSelectors }] },
    });
    const management = { Field: "eventCategory", Equals: ["Management"] };
    const data = { Field: "eventCategory", Equals: ["Data"] };
    const notEc2 = { Field: "eventSource", NotEquals: ["ec2.amazonaws.com"] };
    const writes = { Field: "readOnly", Equals: ["false"] };
    expect(gets(advanced(data), record())).to.equal(false);
    expect(gets(advanced(management, writes), record())).to.equal(true);
    expect(gets(advanced(management, notEc2), record())).to.equal(false);
    expect(gets(advanced(management, notEc2), iam)).to.equal(true);
  });
});

describe("what CloudTrail is let do", () => {
  const request = {
    action: "s3:PutObject",
    resource: `arn:aws:s3:::logs/AWSLogs/${account}/CloudTrail/`,
    context: {
      "aws:sourcearn": trail.arn,
      "aws:securetransport": "true",
      "s3:x-amz-acl": "bucket-owner-full-control",
    },
  };
  const allow = {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::logs/AWSLogs/${account}/*`,
    Condition: { StringEquals: { "aws:SourceArn": trail.arn, "s3:x-amz-acl": "bucket-owner-full-control" } },
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
    const otherTrail = { StringEquals: { "aws:SourceArn": `${trail.arn}2` } };
    expect(lets({ ...allow, Condition: otherTrail })).to.equal(false);
    expect(lets({ ...allow, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } })).to.equal(false);
  });

  it("is not what another statement denies", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    expect(lets(allow, deny)).to.equal(false);
    expect(lets(allow, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } })).to.equal(true);
    expect(lets(allow, { ...deny, Condition: { ArnNotLike: { "aws:SourceArn": trail.arn } } })).to.equal(
      true,
    );
    expect(lets(allow, { ...deny, Condition: { ArnNotLike: { "aws:SourceArn": "arn:aws:x:*" } } })).to.equal(
      false,
    );
  });
});

describe("log files and sessions", () => {
  it("have the service's keys", () => {
    const at = new Date("2026-01-02T03:04:05Z");
    const name =
      /^AWSLogs\/111122223333\/CloudTrail\/us-east-1\/2026\/01\/02\/111122223333_CloudTrail_us-east-1_20260102T0304Z_[A-Za-z0-9]{16}\.json\.gz$/;
    expect(logFileKey({}, account, "us-east-1", at)).to.match(name);
    expect(logFileKey({ prefix: "team/a" }, account, "us-east-1", at)).to.match(/^team\/a\/AWSLogs\//);
  });

  it("have their role as issuer", () => {
    const roleArn = `arn:aws:iam::${account}:role/path/deploy`;
    const session = { accessKeyId: "ASIA1", roleArn, roleId: "AROA1", sessionName: "s" };
    expect(roleSession(session, new Date("2026-01-02T03:04:05Z"))).to.deep.equal({
      type: "AssumedRole",
      principalId: "AROA1:s",
      arn: `arn:aws:sts::${account}:assumed-role/deploy/s`,
      accountId: account,
      accessKeyId: "ASIA1",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROA1",
          arn: roleArn,
          accountId: account,
          userName: "deploy",
        },
        attributes: { creationDate: "2026-01-02T03:04:05Z", mfaAuthenticated: "false" },
      },
    });
  });

  it("of functions have a key that is made of function and role", () => {
    const one = functionAccessKey("arn:f", "arn:r");
    expect(one).to.match(/^ASIA[0-9A-F]{16}$/);
    expect(functionAccessKey("arn:f", "arn:r")).to.equal(one);
    expect(functionAccessKey("arn:g", "arn:r")).not.to.equal(one);
  });
});
