import { type CallAws, unlessGone } from "../aws/call";
import { isMember, membersOf } from "../accounts";
import { partitionOf } from "../aws/regions";
import { isPassing } from "../aws/retries";
import { forgers, policyIn } from "../cloudtrail/only-cloudtrail-writes";
import { problemOfCall } from "../problem";
import type { Settings } from "../settings";

/** Why the log files may be somebody else's work; undefined if only CloudTrail writes them. @throws a passing error */
export type WhyUnproven = () => Promise<string | undefined>;

/** How long a look at the bucket's policy is valid, in ms. */
const believedMs = 60_000;

/**
 * Creates the check that only CloudTrail writes log files: whoever else can, commands the fixer. The policy of the stack's own
 * bucket is the stack's, and changes of it are alerted; that of an existing bucket is read at most every minute.
 */
export function createSourceProof(
  aws: CallAws,
  settings: Pick<Settings, "account" | "accounts" | "region" | "bucket" | "prefix" | "source">,
  now: () => number,
): WhyUnproven {
  const { source, bucket, prefix } = settings;
  // With members, the folder of all accounts.
  const folder = membersOf(settings).length === 0 ? prefix : prefix.replace(/\d{12}\/$/, "");
  let looking: Promise<string | undefined> | undefined;
  let lookedAt = 0;

  const look = async (): Promise<string | undefined> => {
    if (source === undefined) return undefined;
    const { account = settings.account, region = settings.region, policyReader } = source;
    const until = `nothing is fixed until only CloudTrail may write to the bucket ${bucket}`;
    if (account !== settings.account && policyReader === undefined && !isMember(settings, account))
      return `${until}, whose policy only its account ${account} can read: set existingTrail.policyReader (npx cloudtrailer doctor prints the role)`;
    try {
      const call = {
        service: "s3",
        operation: "GetBucketPolicy",
        region,
        input: { Bucket: bucket },
        account,
      };
      const answer = await unlessGone(aws(call), ["NoSuchBucketPolicy"]);
      const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
      const open = forgers(policyIn(answer ?? {}), arn, folder);
      if (open.length === 0) return undefined;
      return `${until}; others may ${open.join(", ")} (npx cloudtrailer doctor prints the statement)`;
    } catch (error) {
      if (isPassing(error)) throw error;
      return `${until}, and its policy could not be read: ${problemOfCall(error)}`;
    }
  };

  return () => {
    if (looking !== undefined && now() - lookedAt < believedMs) return looking;
    lookedAt = now();
    const begun = look().catch((error: unknown) => {
      if (looking === begun) looking = undefined;
      throw error;
    });
    looking = begun;
    return begun;
  };
}
