import { fieldOf, isFalse } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";

/** What Bedrock does not log. */
export interface LoggingGap {
  /** The member of the configuration that says so; undefined: there is no destination. */
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
 * What a configuration of model invocation logging excludes. What it does not mention is logged.
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
  return hasPlace ? off : [{ why: "there is no log destination" }, ...off];
}
