import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const s3MfaDeleteDisabled: Detection = {
  id: "s3-mfa-delete-disabled",
  title: "Bucket MFA delete disabled",
  severity: "medium",
  attack: { technique: "T1490" },
  tier: "extended",
  noise: "rare",
  events: ["s3:PutBucketVersioning"],
  remediation: "alert",
  match(record) {
    if (valueAt(record, "requestParameters.VersioningConfiguration.MfaDelete") !== "Disabled")
      return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.VersioningConfiguration.MfaDelete",
        "requestParameters.VersioningConfiguration.Status",
        "userIdentity.type",
      ),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
      // Only root can change MFA delete: anybody else said "disabled" for a bucket that never had it enabled.
      ...(valueAt(record, "userIdentity.type") === "Root" ? {} : { severity: "low" }),
    };
  },
  runbook: [
    "Ask who held the root user's MFA device at that time; without it this call has no effect.",
    "Enable MFA delete again as root with the AWS CLI; the console cannot do it.",
    "Look for versions deleted from the bucket since the call.",
  ],
  falsePositives: [
    "Tools that write the whole versioning configuration, including MFA delete as disabled where it always was.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html",
  ],
};
