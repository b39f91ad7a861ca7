import type { Detection } from "../detection";
import { objectsOf } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";
import { named } from "../readers/by-hand";
import { valueAt } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

const path = "requestParameters.ServerSideEncryptionConfiguration.Rule";

export const s3BucketEncryptionForeignKey: Detection = {
  id: "s3-bucket-encryption-foreign-key",
  title: "Bucket encrypted with another account's key",
  severity: "high",
  attack: { technique: "T1486" },
  tier: "extended",
  noise: "rare",
  events: ["s3:PutBucketEncryption"],
  remediation: "baseline",
  match(record, context) {
    const keys = objectsOf(valueAt(record, path)).map(
      (rule) => fieldsOf(rule.ApplyServerSideEncryptionByDefault).KMSMasterKeyID,
    );
    const foreign = keys.filter((key) => isForeign(accountIn(key), context));
    if (foreign.length === 0) return uninspected(record);
    return {
      evidence: foreign.map((value) => ({ parameter: path, value, why: "is another account's key" })),
      resources: named(record, "AWS::S3::Bucket", "bucketName"),
    };
  },
  runbook: [
    "Set the bucket's own key again (PutBucketEncryption): objects written from now on can be read only as long as the other account allows it.",
    "Re-encrypt what was written since then with your own key, while the other one still decrypts.",
    "Look for CopyObject over existing objects by the same actor: that is how data is taken hostage.",
  ],
  falsePositives: ["A key of a sister account that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  ],
};
