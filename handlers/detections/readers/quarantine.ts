import type { CloudTrailRecord } from "../../cloudtrail/record";
import { nameInArn, textParameterOf } from "../../cloudtrail/parameters";

/**
 * The policy with which AWS quarantines a user whose key it found in public, if the call is about one.
 *
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export function quarantinePolicyOf(record: CloudTrailRecord): string | undefined {
  const name = nameInArn(textParameterOf(record, "policyArn") ?? textParameterOf(record, "policyName") ?? "");
  return /^(?:AWSCompromisedKeyQuarantine(?:V\d+)?|AWSExposedCredentialPolicy_DO_NOT_REMOVE)$/.test(name)
    ? name
    : undefined;
}
