import type { DetectionContext } from "../../settings";
import { textOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";
import { numberOf } from "../../cloudtrail/parameters";

const id = "s3-bulk-delete";
const threshold = 50;

/** Bytes of one `<Object><Key>…</Key></Object>` in the request, with a short key. */
const bytesPerKey = 64;

export const s3BulkDelete: Detection = {
  id,
  title: "Mass object deletion",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "core",
  noise: "work",
  events: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:DeleteObjects"],
  remediation: "contain",
  burst: { windowMinutes: 10, threshold, countedBy: principalKeyOf, distinct: deletions },
  match(record) {
    return {
      evidence: evidenceAt(record, "requestParameters.key", "additionalEventData.bytesTransferredIn"),
      resources: resourcesOf("AWS::S3::Bucket", valueAt(record, "requestParameters.bucketName")),
    };
  },
  runbook: [
    "Revoke the actor's permissions while objects are left; then check whether the bucket has versions to restore from.",
    "Suspend lifecycle rules that expire old versions, and do not delete the delete markers before the inventory is compared.",
    "Look for a ransom note put into the bucket afterwards, and for earlier downloads.",
  ],
  falsePositives: [
    "Clean-up jobs, emptying a bucket before it is deleted, and synchronization that mirrors deletions. Seen only if the trail records S3 data events.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html",
  ],
};

/**
 * One value for each object that the call deletes. DeleteObjects takes up to 1,000 and its record does not say how many, only
 * how long the request was; the number is estimated from that, up to what a burst needs.
 */
function deletions(record: CloudTrailRecord, context: DetectionContext): string[] {
  const bytes = numberOf(valueAt(record, "additionalEventData.bytesTransferredIn")) ?? 0;
  const enough = context.thresholds[id] ?? threshold;
  const objects = nameOf(record) === "DeleteObjects" ? Math.floor(bytes / bytesPerKey) : 1;
  const eventID = textOf(record.eventID) ?? "";
  const counted = Math.max(1, Math.min(objects, enough, 1000));
  return Array.from({ length: counted }, (_, index) => `${eventID}/${index}`);
}
