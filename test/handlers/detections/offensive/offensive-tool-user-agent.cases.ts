import { call, type Cases } from "../support/cases";

const by = (userAgent: string, event = "sts:GetCallerIdentity") => call(event, null, { userAgent });

export const cases: Cases = {
  hits: [
    {
      name: "TruffleHog",
      record: by("TruffleHog"),
      evidence: "userAgent",
      resources: ["AKIAEXAMPLEKEY000001"],
    },
    { name: "Kali Linux", record: by("Boto3/1.26.1 Python/3.11.2 Linux/6.1.0-kali5-amd64 Botocore/1.29.1") },
    { name: "Kali Linux, newer command line", record: by("aws-cli/2.15.0 md/distrib#kali.2024 exec-env/x") },
    { name: "Parrot", record: by("Boto3/1.26.1 Python/3.11.2 Linux/6.1.0-1parrot1-amd64") },
    { name: "Pacu", record: by("Pacu/1.5") },
    {
      name: "S3 Browser in IAM",
      record: by("[S3 Browser/10.0.9 (https://s3browser.com)]", "iam:CreateUser"),
    },
  ],
  quiet: [
    { name: "the command line", record: by("aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0") },
    { name: "S3 Browser in S3", record: by("[S3 Browser/10.0.9 (https://s3browser.com)]", "s3:ListBuckets") },
    { name: "a longer word", record: by("kaliningrad-exporter/1.0") },
    { name: "no user agent", record: call("sts:GetCallerIdentity", null, { userAgent: undefined }) },
  ],
};
