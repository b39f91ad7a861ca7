import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

const header = "x-amz-server-side-encryption-customer-algorithm";
const parameter = `requestParameters.${header}`;

export const s3SseCEncryption: Detection = {
  id: "s3-sse-c-encryption",
  title: "Objects re-encrypted with a customer key (SSE-C)",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "core",
  noise: "rare",
  events: ["s3:CopyObject", "s3:PutObject"],
  hint: { field: "requestParameters", texts: [header] },
  remediation: "contain",
  burst: { windowMinutes: 10, threshold: 10, countedBy: principalKeyOf },
  match(record) {
    if ((valueAt(record, parameter) ?? "") === "") return undefined;
    return {
      evidence: evidenceAt(record, parameter, "requestParameters.key"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Revoke the actor's permissions at once: with SSE-C, AWS does not keep the key, so encrypted data is lost without it.",
    "Restore the objects' earlier versions, and suspend lifecycle rules that would expire those versions.",
    "Deny s3:x-amz-server-side-encryption-customer-algorithm in a bucket or resource control policy if nobody uses SSE-C.",
  ],
  falsePositives: ["Applications that keep their own keys and have always written with SSE-C."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html",
  ],
};
