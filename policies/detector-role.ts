import { bucketArn, functionArn, logGroupArn, queueArn, roleArn, tableArn, topicArn, trailArn } from "./arns";
import type { Place, PolicyDocument, Statement } from "./document";
import { statementsFor } from "./remediation-scopes";

/** Names of what is the system's own, and what its remediations need. */
export interface DetectorPolicyArgs {
  place: Place;
  bucket: string;
  trail: string;
  logTopic: string;
  alertTopic: string;
  table: string;
  queue: string;
  role: string;
  /** The function's name. */
  detector: string;
  logGroup: string;
  /** IAM actions of the remediations that are on. */
  actions: string[];
}

/** Lambda alone may take the role. */
export function detectorTrust(): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LambdaRunsTheDetector",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["sts:AssumeRole"],
      },
    ],
  };
}

/**
 * What the detector may do: read the log files, keep findings, alert, write its own log, hand over what failed, and
 * exactly what the remediations that are on need; never, whatever those need, blind or widen itself.
 */
export function detectorPolicy(args: DetectorPolicyArgs): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [...ownWork(args), ...statementsFor(args.actions, args.place), ...neverItself(args)],
  };
}

function ownWork({ place, bucket, alertTopic, table, logGroup, queue }: DetectorPolicyArgs): Statement[] {
  return [
    allow(
      "ReadLogFiles",
      ["s3:GetObject"],
      `${bucketArn(place, bucket)}/AWSLogs/${place.account}/CloudTrail/*`,
    ),
    allow("PublishAlerts", ["sns:Publish"], topicArn(place, alertTopic)),
    allow("KeepFindings", ["dynamodb:GetItem", "dynamodb:UpdateItem"], tableArn(place, table)),
    // Not CreateLogGroup: a late call must not bring the group back after `pulumi destroy`.
    allow("WriteOwnLog", ["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroupArn(place, logGroup)}:*`),
    allow("HandOverFailures", ["sqs:SendMessage"], queueArn(place, queue)),
  ];
}

/**
 * A fix that is led astray must not be able to end the system or to give it more power.
 * Mending its own trail and bucket (StartLogging, UpdateTrail, PutEventSelectors, PutBucketVersioning, …) stays
 * possible: an attacker turns to them first.
 */
function neverItself({ place, ...own }: DetectorPolicyArgs): Statement[] {
  const bucket = bucketArn(place, own.bucket);
  const detector = functionArn(place, own.detector);
  const logGroup = logGroupArn(place, own.logGroup);
  return [
    deny(
      "NeverStopTheTrail",
      ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"],
      trailArn(place, own.trail),
    ),
    deny(
      "NeverTouchTheLogFiles",
      ["s3:DeleteBucket*", "s3:DeleteObject*", "s3:PutBucketPolicy", "s3:PutObject*"],
      bucket,
      `${bucket}/*`,
    ),
    deny(
      "NeverChangeTheRole",
      [
        "iam:Attach*",
        "iam:Create*",
        "iam:Delete*",
        "iam:PassRole",
        "iam:Put*",
        "iam:Tag*",
        "iam:Untag*",
        "iam:Update*",
        "sts:AssumeRole",
      ],
      roleArn(place, own.role),
    ),
    deny(
      "NeverChangeTheFunction",
      [
        "lambda:Add*",
        "lambda:Create*",
        "lambda:Delete*",
        "lambda:Invoke*",
        "lambda:Publish*",
        "lambda:Put*",
        "lambda:Remove*",
        "lambda:Tag*",
        "lambda:Untag*",
        "lambda:Update*",
      ],
      detector,
      `${detector}:*`,
    ),
    deny(
      "NeverLoseFindings",
      [
        "dynamodb:BatchWriteItem",
        "dynamodb:Delete*",
        "dynamodb:PutResourcePolicy",
        "dynamodb:Restore*",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable*",
        "dynamodb:UpdateTimeToLive",
      ],
      tableArn(place, own.table),
    ),
    deny(
      "NeverSilenceTheTopics",
      [
        "sns:AddPermission",
        "sns:DeleteTopic",
        "sns:RemovePermission",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
      ],
      topicArn(place, own.logTopic),
      topicArn(place, own.alertTopic),
    ),
    // IAM knows no resource for these two. No remediation needs them anywhere.
    deny("NeverUnsubscribe", ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"], "*"),
    deny(
      "NeverEmptyTheFailureQueue",
      [
        "sqs:AddPermission",
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:DeleteQueue",
        "sqs:PurgeQueue",
        "sqs:ReceiveMessage",
        "sqs:RemovePermission",
        "sqs:SetQueueAttributes",
      ],
      queueArn(place, own.queue),
    ),
    deny(
      "NeverCutTheLog",
      ["logs:Delete*", "logs:PutRetentionPolicy", "logs:PutSubscriptionFilter"],
      logGroup,
      `${logGroup}:*`,
    ),
  ];
}

function allow(Sid: string, Action: string[], ...Resource: string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}

function deny(Sid: string, Action: string[], ...Resource: string[]): Statement {
  return { Sid, Effect: "Deny", Action, Resource };
}
