import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { textsOf } from "../../cloudtrail/parameters";

const header = "x-amz-server-side-encryption-aws-kms-key-id";
const parameter = `requestParameters.${header}`;

export const s3ExternalKmsEncryption: Detection = {
  id: "s3-external-kms-encryption",
  title: "Object encrypted with another account's KMS key",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "extended",
  noise: "rare",
  events: ["s3:CopyObject", "s3:PutObject"],
  hint: { field: "requestParameters", texts: [header] },
  remediation: "contain",
  match(record, context) {
    const keys = textsOf(valueAt(record, parameter)).filter((key) => isForeign(accountIn(key), context));
    if (keys.length === 0) return uninspected(record);
    return {
      evidence: keys.map((value) => ({
        parameter,
        value,
        why: `is a key of account ${accountIn(value) ?? ""}`,
      })),
      resources: [
        ...resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
        ...resourcesOf("AWS::KMS::Key", ...keys),
      ],
    };
  },
  runbook: [
    "Revoke the actor's permissions (deactivate the access key, deny the role) before more objects are encrypted: the key's owner decides who can read them.",
    "Re-encrypt the affected objects with your own key while the foreign key still lets you decrypt, or restore earlier versions.",
    "Find out whose account holds the key; if it is yours, add it to `trustedAccounts`.",
  ],
  falsePositives: ["A central key account of the same company that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  ],
};
