import { expect } from "chai";
import {
  evidenceAt,
  parameterPath,
  resourcesOf,
  valueAt,
} from "../../../../handlers/detections/readers/evidence";
import { call } from "../support/cases";

describe("the evidence of a record", () => {
  const record = call("s3:DeleteBucket", { bucketName: "payroll", Host: null });

  it("is the value at a path", () => {
    expect(valueAt(record, "requestParameters.bucketName")).equal("payroll");
    expect(valueAt(record, "requestParameters.bucketName.length")).equal(undefined);
    expect(valueAt(record, "responseElements.a.b")).equal(undefined);
  });

  it("omits what the record does not have", () => {
    const paths = ["requestParameters.bucketName", "requestParameters.Host", "requestParameters.key"];
    expect(evidenceAt(record, ...paths)).deep.equal([
      { parameter: "requestParameters.bucketName", value: "payroll" },
    ]);
  });

  it("is the call itself if there is nothing else", () => {
    const evidence = evidenceAt({ ...record, requestParameters: null }, "requestParameters.bucketName");
    expect(evidence).deep.equal([{ parameter: "eventName", value: "DeleteBucket" }]);
  });

  it("names each resource once, and none that is not a string", () => {
    const ids = ["a", undefined, "", 5, { toString: 1 }, "b", "a"];
    expect(resourcesOf("AWS::S3::Bucket", ...ids)).deep.equal([
      { type: "AWS::S3::Bucket", id: "a" },
      { type: "AWS::S3::Bucket", id: "b" },
    ]);
  });

  it("spells the path of a parameter as the record does", () => {
    const wrapped = call("ec2:ModifyInstanceMetadataOptions", {
      ModifyInstanceMetadataOptionsRequest: { HttpTokens: "optional" },
    });
    const path = "requestParameters.ModifyInstanceMetadataOptionsRequest.HttpTokens";
    expect(parameterPath(wrapped, "httpTokens")).equal(path);
    const plain = call("ec2:ModifyInstanceMetadataOptions", { httpTokens: "optional" });
    expect(parameterPath(plain, "httpTokens")).equal("requestParameters.httpTokens");
  });
});
