import { call, type Cases } from "../support/cases";

const put = (bucketName: string, Rule: unknown) =>
  call("s3:PutBucketLifecycle", {
    bucketName,
    lifecycle: "",
    LifecycleConfiguration: { xmlns: "http://s3.amazonaws.com/doc/2006-03-01/", Rule },
  });
const rule = (fields: object) => ({ ID: "short", Status: "Enabled", Prefix: "", ...fields });
const afterADay = rule({ Expiration: { Days: 1 } });

export const cases: Cases = {
  hits: [
    {
      name: "one rule, a known log bucket",
      record: put("ours", afterADay),
      context: { logBuckets: ["ours"] },
      resources: ["ours"],
    },
    {
      name: "several rules",
      record: put("acme-cloudtrail-logs", [rule({ Expiration: { Days: 400 } }), afterADay]),
    },
    { name: "a bucket named after a trail", record: put("org-trail-eu", afterADay) },
    { name: "days as text", record: put("acme-cloudtrail", rule({ Expiration: { Days: "30" } })) },
    {
      name: "a date",
      record: put("acme-cloudtrail", rule({ Expiration: { Date: "2025-03-10T00:00:00Z" } })),
    },
    {
      name: "a rule about log files",
      record: put("archive", { ...afterADay, Filter: { Prefix: "AWSLogs/" } }),
    },
    {
      name: "a longer time than the default, with a threshold of the configuration",
      record: put("acme-cloudtrail", rule({ Expiration: { Days: 200 } })),
      context: { thresholds: { "cloudtrail-bucket-short-lifecycle": 365 } },
    },
  ],
  quiet: [
    { name: "a year", record: put("acme-cloudtrail", rule({ Expiration: { Days: 365 } })) },
    {
      name: "a rule that is switched off",
      record: put("acme-cloudtrail", { ...afterADay, Status: "Disabled" }),
    },
    { name: "another bucket", record: put("thumbnails", afterADay) },
    { name: "a move to cheaper storage", record: put("acme-cloudtrail", rule({ Transition: { Days: 30 } })) },
    {
      name: "old versions only",
      record: put("acme-cloudtrail", rule({ NoncurrentVersionExpiration: { NoncurrentDays: 7 } })),
    },
  ],
};
