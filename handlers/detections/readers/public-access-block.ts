import { fieldsOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Evidence } from "../detection";
import { valueAt } from "./evidence";
import { isTrue } from "../../cloudtrail/parameters";

const flags = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"];
const path = "requestParameters.PublicAccessBlockConfiguration";

/**
 * The flags of a public access block that the call switched off. S3 takes an omitted flag for false, so that counts, too, if
 * the call has any of them.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
export function openedFlags(record: CloudTrailRecord): Evidence[] {
  const configuration = fieldsOf(valueAt(record, path));
  if (!flags.some((flag) => Object.hasOwn(configuration, flag))) return [];
  return flags
    .filter((flag) => !isTrue(configuration[flag]))
    .map((flag) => ({ parameter: `${path}.${flag}`, value: configuration[flag] ?? false }));
}
