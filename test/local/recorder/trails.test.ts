import { expect } from "chai";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { gets, type Trail } from "../../../local/recorder/trails";
import { account } from "./support";

const trail: Trail = {
  name: "t",
  arn: `arn:aws:cloudtrail:us-west-2:${account}:trail/t`,
  homeRegion: "us-west-2",
  isMultiRegion: true,
  includesGlobalServices: true,
  bucket: "logs",
  isLogging: true,
  validates: true,
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

  it("is everything, if it is multi-region", () => {
    expect(gets(trail, record({ awsRegion: "eu-central-1" }))).to.equal(true);
    expect(gets(trail, iam)).to.equal(true);
  });

  it("is another account's events, if it is an organization's", () => {
    const another = record({ recipientAccountId: "222233334444" });
    expect(gets(trail, another)).to.equal(false);
    expect(gets({ ...trail, organizationId: "o-abcde12345" }, another)).to.equal(true);
    expect(gets(trail, record({ recipientAccountId: account }))).to.equal(true);
  });

  it("is its own region's events, if it is single-region", () => {
    const single = { ...trail, isMultiRegion: false };
    expect(gets(single, record())).to.equal(true);
    expect(gets(single, record({ awsRegion: "eu-central-1" }))).to.equal(false);
    expect(gets(single, iam)).to.equal(false);
    expect(gets({ ...single, homeRegion: "us-east-1" }, iam)).to.equal(true);
  });

  it("excludes global services, if it asks for that", () => {
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
