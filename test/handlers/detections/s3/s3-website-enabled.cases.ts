import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a website",
    record: call("s3:PutBucketWebsite", {
      bucketName: "site",
      WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } },
    }),
    evidence: "requestParameters.WebsiteConfiguration",
    resources: ["site"],
  },
  {
    name: "events",
    record: call("s3:PutBucketNotification", {
      bucketName: "site",
      NotificationConfiguration: {
        CloudFunctionConfiguration: {
          CloudFunction: "arn:aws:lambda:eu-west-1:111122223333:function:helper",
        },
      },
    }),
    evidence: "requestParameters.NotificationConfiguration",
  },
  {
    name: "other websites",
    record: call("s3:PutBucketCors", {
      bucketName: "site",
      CORSConfiguration: { CORSRule: { AllowedOrigin: "*" } },
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
