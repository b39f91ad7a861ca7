import { expect } from "chai";
import { actionOfCall } from "../../../cli/rules/iam-actions";
import { awsServices } from "../../../handlers/aws/services";
import { isIamAction } from "../../../infra/rules/aws-names";

describe("the IAM action of a call", () => {
  for (const [call, action] of [
    ["ec2:DescribeTags", "ec2:DescribeTags"],
    ["configservice:DescribeConfigRules", "config:DescribeConfigRules"],
    ["s3control:DeletePublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
    ["s3control:CreateJob", "s3:CreateJob"],
    ["s3:UploadPart", undefined],
    ["s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"],
    ["s3:ListObjectsV2", "s3:ListBucket"],
    ["sso-admin:ListInstances", "sso:ListInstances"],
  ] as const)
    it(`${call} is ${action ?? "not known"}`, () => {
      const [service = "", operation = ""] = call.split(":");
      expect(actionOfCall({ service, operation })).to.equal(action);
    });

  it("is one that IAM has, for operations of every service", () => {
    for (const service of Object.keys(awsServices)) {
      const operations = Object.keys(awsServices[service]?.load() ?? {})
        .filter((name) => name.endsWith("Command") && name !== "$Command")
        .map((name) => name.replace(/Command$/, ""));
      const known = operations
        .map((operation) => actionOfCall({ service, operation }))
        .filter((action) => action !== undefined);
      expect(known.length, service).to.be.greaterThan(operations.length * 0.6);
      for (const action of known.slice(0, 20)) expect(isIamAction(action), action).to.equal(true);
    }
  });
});
