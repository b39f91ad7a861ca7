import { bucketArn, trailArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/** Names that the log bucket's policy needs. */
export interface LogBucketPolicyArgs {
  place: Place;
  bucket: string;
  /** Name of the only trail that may write. */
  trail: string;
  /** Of an organization trail, which writes for every account. */
  organizationId?: string | undefined;
}

/**
 * Lets only this trail write below `AWSLogs/<account>/`; denies everything without TLS.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function logBucketPolicy({
  place,
  bucket,
  trail,
  organizationId,
}: LogBucketPolicyArgs): PolicyDocument {
  const arn = bucketArn(place, bucket);
  const source = trailArn(place, trail);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrailLooksAtTheBucket",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: ["s3:GetBucketAcl"],
        Resource: [arn],
        Condition: { StringEquals: { "aws:SourceArn": source } },
      },
      {
        Sid: "TrailWritesLogFiles",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: ["s3:PutObject"],
        Resource: [
          `${arn}/AWSLogs/${place.account}/*`,
          ...(organizationId === undefined ? [] : [`${arn}/AWSLogs/${organizationId}/*`]),
        ],
        Condition: { StringEquals: { "aws:SourceArn": source, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
      {
        // The account's own principals that may write to any bucket could forge log files: only the trail has this source.
        Sid: "NobodyElseWrites",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:ReplicateObject"],
        Resource: [`${arn}/*`],
        Condition: { StringNotEquals: { "aws:SourceArn": source } },
      },
      {
        Sid: "OnlyWithTls",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
