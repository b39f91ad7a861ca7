import { type Call, type CallAws, callsTo, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, listOf, picked, sameJson } from "../../json";

/** The lifecycle of a bucket as S3 returns it; empty if the bucket or its lifecycle is gone. */
export async function lifecycleOf(Bucket: string, region: string, aws: CallAws): Promise<Fields> {
  const answer = await unlessGone(aws(callsTo("s3", region)("GetBucketLifecycleConfiguration", { Bucket })), [
    "NoSuchLifecycleConfiguration",
    "NoSuchBucket",
  ]);
  // The SDK returns dates as objects, but a baseline has them as text.
  return JSON.parse(JSON.stringify(answer ?? {})) as Fields;
}

/** The rules of a lifecycle. */
export function rulesOf(lifecycle: Fields): Fields[] {
  return listOf(lifecycle.Rules).map(fieldsOf);
}

/** Whether two lists have the same rules, in any order. */
export function sameRules(some: Fields[], others: Fields[]): boolean {
  return some.length === others.length && some.every((rule) => others.some((other) => sameJson(rule, other)));
}

/** The call that sets a bucket's lifecycle: S3 accepts none without rules, so that is deleted. */
export function lifecycleCall(Bucket: string, region: string, lifecycle: Fields): Call {
  const call = callsTo("s3", region);
  const Rules = rulesOf(lifecycle);
  return Rules.length === 0
    ? call("DeleteBucketLifecycle", { Bucket })
    : call("PutBucketLifecycleConfiguration", {
        Bucket,
        LifecycleConfiguration: { Rules },
        ...picked(lifecycle, ["TransitionDefaultMinimumObjectSize"]),
      });
}
