import { type Examples, named, parameterOf, type Rule, shown, textOf } from "cloudtrailer/rule";

/** Every bucket begins with the company's name. */
const company = "acme-";

// No fix: a bucket that is deleted may be taken by somebody else within minutes.
export const rule: Rule = {
  id: "s3-bucket-misnamed",
  title: "Bucket created without the company's name",
  severity: "low",
  events: ["s3:CreateBucket"],
  match(record) {
    const name = textOf(parameterOf(record, "bucketName"));
    if (name === undefined || name.startsWith(company)) return undefined;
    return {
      evidence: shown(record, "bucketName"),
      resources: named(record, "AWS::S3::Bucket", "bucketName"),
    };
  },
  runbook: [`Ask the actor to create it as ${company}… and to delete this one, while it is empty.`],
};

const createBucket = (bucketName: string) => ({
  eventSource: "s3.amazonaws.com",
  eventName: "CreateBucket",
  requestParameters: { bucketName, Host: "s3.amazonaws.com" },
});

export const examples: Examples = {
  hits: [
    {
      record: createBucket("test-1234"),
      resources: ["test-1234"],
      evidence: ["requestParameters.bucketName"],
    },
  ],
  misses: [{ record: createBucket("acme-invoices") }],
};
