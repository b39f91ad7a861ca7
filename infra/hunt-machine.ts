import { functionArn } from "../policies/arns";
import type { Place } from "../policies/document";

/** What an execution of the state machine is started with, by `npx cloudtrailer hunt`. */
export interface HuntInput {
  /** Passed on to every batch. */
  hunt: object;
  /** Key of the list of batches in the reports bucket: JSON, one batch a line. */
  manifest: string;
  /** Where Step Functions writes what became of the batches: a folder in the reports bucket. */
  map: string;
  /** Batches read at the same time, so that live work is never without concurrency. */
  maxConcurrency: number;
}

/** The name of the map state, and of its runs. */
export const mapLabel = "batches";

/**
 * From this share of failed batches on, in percent, the hunt stops: something is wrong with all of them. `hunt --resume` goes
 * on when it is fixed.
 */
export const toleratedFailurePercentage = 5;

/** Errors of Lambda that pass by themselves. https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html */
const passing = [
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];

/**
 * The state machine of hunts: a distributed map over batches of log files, one invocation of the function for each.
 *
 * The batches are made by `hunt`, not by an `ItemBatcher`, which knows the size of an item's JSON but not that of the log file
 * it names.
 *
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function huntMachine(place: Place, names: { history: string; reports: string }): object {
  const service = (name: string) => `arn:${place.partition}:states:::${name}`;
  return {
    Comment: "Reads old log files: started by npx cloudtrailer hunt",
    StartAt: "ReadAll",
    States: {
      ReadAll: {
        Type: "Map",
        Label: mapLabel,
        ItemReader: {
          Resource: service("s3:getObject"),
          ReaderConfig: { InputType: "JSONL" },
          Parameters: { Bucket: names.reports, "Key.$": "$.manifest" },
        },
        ItemSelector: { "hunt.$": "$.hunt", "batch.$": "$$.Map.Item.Value" },
        MaxConcurrencyPath: "$.maxConcurrency",
        ToleratedFailurePercentage: toleratedFailurePercentage,
        ItemProcessor: {
          // Standard: an express execution ends after 5 minutes.
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "ReadBatch",
          States: {
            ReadBatch: {
              Type: "Task",
              Resource: service("lambda:invoke"),
              Parameters: { FunctionName: functionArn(place, names.history), "Payload.$": "$" },
              OutputPath: "$.Payload",
              Retry: [
                {
                  ErrorEquals: passing,
                  IntervalSeconds: 2,
                  BackoffRate: 2,
                  MaxAttempts: 8,
                  MaxDelaySeconds: 60,
                  JitterStrategy: "FULL",
                },
                { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 5, MaxAttempts: 1 },
              ],
              End: true,
            },
          },
        },
        ResultWriter: {
          Resource: service("s3:putObject"),
          Parameters: { Bucket: names.reports, "Prefix.$": "$.map" },
        },
        End: true,
      },
    },
  };
}
