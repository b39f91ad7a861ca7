import { fieldOf, isFalse } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";

/** What Bedrock does not log. */
export interface LoggingGap {
  /** The member of the configuration that says so; undefined: it has nowhere to log to. */
  member?: string;
  why: string;
}

const deliveries: Record<string, string> = {
  textDataDeliveryEnabled: "prompts and answers are not logged from now on",
  imageDataDeliveryEnabled: "images are not logged from now on",
  embeddingDataDeliveryEnabled: "embeddings are not logged from now on",
  videoDataDeliveryEnabled: "videos are not logged from now on",
};

/**
 * What a configuration of the logging of model invocations leaves out. What it does not mention is logged.
 *
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_LoggingConfig.html
 */
export function gapsIn(loggingConfig: unknown): LoggingGap[] {
  const off = Object.entries(deliveries)
    .filter(([member]) => isFalse(fieldOf(loggingConfig, member)))
    .map(([member, why]) => ({ member, why }));
  const hasPlace = ["cloudWatchConfig", "s3Config"].some(
    (member) => Object.keys(fieldsOf(fieldOf(loggingConfig, member))).length > 0,
  );
  return hasPlace ? off : [{ why: "there is nowhere to log to" }, ...off];
}
