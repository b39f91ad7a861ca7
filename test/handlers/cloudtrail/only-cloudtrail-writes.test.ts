import { expect } from "chai";
import { forgers, writingActions } from "../../../handlers/cloudtrail/only-cloudtrail-writes";
import { logBucketPolicy } from "../../../policies/log-bucket";
import { onlyCloudTrailWrites } from "../../../policies/log-owner";

const bucketArn = "arn:aws:s3:::logs";
const folder = "audit/AWSLogs/111122223333/";
const trail = "arn:aws:cloudtrail:us-west-2:111122223333:trail/main";
const deny = onlyCloudTrailWrites({ bucketArn, folder, trails: [trail] });

const openTo = (...statements: object[]) =>
  forgers(JSON.stringify({ Version: "2012-10-17", Statement: statements }), bucketArn, folder);

describe("who may forge log files", () => {
  it("is everybody without a policy, or with one that is no JSON", () => {
    expect(forgers(undefined, bucketArn, folder)).to.deep.equal(writingActions);
    expect(forgers("{", bucketArn, folder)).to.deep.equal(writingActions);
    expect(forgers('{"Statement":[null,1,"x",[]]}', bucketArn, folder)).to.deep.equal(writingActions);
  });

  it("is nobody with the statement that the doctor prints, and in the stack's own bucket", () => {
    expect(openTo(deny)).to.deep.equal([]);
    const place = { partition: "aws", region: "us-west-2", account: "111122223333" };
    const own = JSON.stringify(logBucketPolicy({ place, bucket: "logs", trail: "main" }));
    expect(forgers(own, bucketArn, "AWSLogs/111122223333/")).to.deep.equal([]);
  });

  it("may be decided by several statements, on a wider folder, and by CloudTrail's name", () => {
    const Condition = { StringNotEqualsIfExists: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } };
    const first = { ...deny, Action: "s3:PutObject*", Resource: `${bucketArn}/*`, Condition };
    const second = { ...deny, Action: ["S3:replicateobject"], Principal: { AWS: "*" } };
    expect(openTo(first, second)).to.deep.equal([]);
    expect(openTo(first)).to.deep.equal(["s3:ReplicateObject"]);
  });

  const narrower: Record<string, object> = {
    "an allow": { ...deny, Effect: "Allow" },
    "some principals": { ...deny, Principal: { AWS: "arn:aws:iam::111122223333:root" } },
    "all but some principals": { ...deny, Principal: undefined, NotPrincipal: { AWS: "*" } },
    "another folder": { ...deny, Resource: [`${bucketArn}/other/*`] },
    "one object": { ...deny, Resource: [`${bucketArn}/${folder}`] },
    "another bucket": { ...deny, Resource: ["arn:aws:s3:::logs2/*"] },
    "all but some objects": { ...deny, Resource: undefined, NotResource: [`${bucketArn}/x`] },
    "all but some actions": { ...deny, Action: undefined, NotAction: ["s3:GetObject"] },
    "one more condition": {
      ...deny,
      Condition: { ...deny.Condition, Bool: { "aws:PrincipalIsAWSService": "false" } },
    },
    "everybody who is exempt by another key": {
      ...deny,
      Condition: { StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/admin" } },
    },
    "the services of an account": {
      ...deny,
      Condition: { StringNotEquals: { "aws:SourceAccount": "111122223333" } },
    },
    "a service beside CloudTrail": {
      ...deny,
      Condition: { ArnNotLike: { "aws:SourceArn": [trail, "arn:aws:s3:::inventory"] } },
    },
    "any source": { ...deny, Condition: { ArnNotLike: { "aws:SourceArn": "arn:aws:*:*:111122223333:*" } } },
    "an operator that holds for CloudTrail": {
      ...deny,
      Condition: { StringEquals: { "aws:SourceArn": trail } },
    },
    "any of several values": {
      ...deny,
      Condition: { "ForAnyValue:StringNotEquals": { "aws:SourceArn": trail } },
    },
    "no value": { ...deny, Condition: { StringNotEquals: { "aws:SourceArn": [] } } },
  };
  for (const [what, statement] of Object.entries(narrower))
    it(`is somebody with a statement for ${what}`, () => {
      expect(openTo(statement)).to.deep.equal(writingActions);
    });
});
