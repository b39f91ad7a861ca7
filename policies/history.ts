import {
  bucketArn,
  executionArn,
  functionArn,
  logGroupArn,
  roleArn,
  sessionArn,
  stateMachineArn,
} from "./arns";
import type { Place, PolicyDocument, Statement } from "./document";

/** Names of what hunts in old log files consists of. */
export interface HistoryPolicyArgs {
  place: Place;
  /** The function, its role and the state machine share this name. */
  history: string;
  logGroup: string;
  /** Buckets with log files. */
  logBuckets: string[];
  /** The bucket for results. */
  reports: string;
}

/** The folder of hunts in the reports bucket. */
const hunts = "hunts";

/** The results of all hunts in the reports bucket. */
export function resultsOfHunts(place: Place, reports: string): string {
  return `${bucketArn(place, reports)}/${hunts}/*/results/*`;
}

/** The name of the state machine's role. */
export function statesRoleOf(history: string): string {
  return `${history}-states`;
}

/** Everything that hunts consist of, besides the reports bucket and the log group's streams. */
export function huntArns(place: Place, history: string): string[] {
  return [
    functionArn(place, history),
    stateMachineArn(place, history),
    roleArn(place, history),
    roleArn(place, statesRoleOf(history)),
    logGroupArn(place, `/aws/lambda/${history}`),
  ];
}

/** Only Lambda may assume the role of the function for old log files. */
export function historyTrust(): PolicyDocument {
  return trust("LambdaReadsOldLogFiles", "lambda.amazonaws.com");
}

/** What the function for old log files may do: read log files, write results and its log. It can change nothing else. */
export function historyPolicy({ place, logBuckets, logGroup, reports }: HistoryPolicyArgs): PolicyDocument {
  return document([
    allow(
      "ReadLogFiles",
      ["s3:GetObject"],
      // Trails may have a prefix.
      logBuckets.map((bucket) => `${bucketArn(place, bucket)}/*AWSLogs/*`),
    ),
    {
      ...allow("DecryptLogFiles", ["kms:Decrypt"], ["*"]),
      // An existing trail's bucket may be in another region.
      Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
    },
    allow("WriteResults", ["s3:PutObject"], [resultsOfHunts(place, reports)]),
    // Not CreateLogGroup: a late invocation must not recreate the group after `pulumi destroy`.
    allow(
      "WriteOwnLog",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [`${logGroupArn(place, logGroup)}:*`],
    ),
  ]);
}

/** Only Step Functions may assume the state machine's role, and only for this state machine. */
export function huntTrust({ place, history }: Pick<HistoryPolicyArgs, "place" | "history">): PolicyDocument {
  return trust("StepFunctionsHunts", "states.amazonaws.com", {
    // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
    StringEquals: { "aws:SourceAccount": place.account },
    ArnLike: { "aws:SourceArn": stateMachineArn(place, history) },
  });
}

/**
 * What the state machine may do: read the list of batches, invoke the function for each, and write what became of them.
 *
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export function huntPolicy({ place, history, reports }: HistoryPolicyArgs): PolicyDocument {
  const folder = `${bucketArn(place, reports)}/${hunts}`;
  return document([
    allow("ReadBatches", ["lambda:InvokeFunction"], [functionArn(place, history)]),
    allow("ReadManifest", ["s3:GetObject"], [`${folder}/*/manifest*.jsonl`]),
    allow(
      "WriteOutcomes",
      ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      [`${folder}/*/map/*`],
    ),
    allow("StartBatches", ["states:StartExecution"], [stateMachineArn(place, history)]),
    allow(
      "FollowBatches",
      ["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"],
      [`${executionArn(place, history)}*`],
    ),
  ]);
}

/**
 * Nobody reads or writes without TLS, and nobody but their function writes results of hunts, which a person may put into the
 * findings table. Who else may do what is decided by identity policies of this account alone.
 *
 * @param history name of the function's role; undefined without hunts
 */
export function reportsBucketPolicy(
  place: Place,
  reports: string,
  history: string | undefined,
): PolicyDocument {
  const arn = bucketArn(place, reports);
  return document([
    ...(history === undefined ? [] : [onlyTheirFunctionWritesResults(place, reports, history)]),
    {
      Sid: "OnlyWithTls",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

function onlyTheirFunctionWritesResults(place: Place, reports: string, history: string): Statement {
  return {
    Sid: "OnlyTheirFunctionWritesResults",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject"],
    Resource: [resultsOfHunts(place, reports)],
    // What AWS calls a session of the role, and what the session calls itself.
    Condition: { ArnNotLike: { "aws:PrincipalArn": [roleArn(place, history), sessionArn(place, history)] } },
  };
}

function trust(Sid: string, Service: string, Condition?: Statement["Condition"]): PolicyDocument {
  const statement: Statement = { Sid, Effect: "Allow", Principal: { Service }, Action: ["sts:AssumeRole"] };
  return document([Condition === undefined ? statement : { ...statement, Condition }]);
}

function document(Statement: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}

function allow(Sid: string, Action: string[], Resource: string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource };
}
