import { type Call, type CallAws, unlessGone } from "../../aws/call";
import { fieldsOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Baseline } from "../../baselines/baseline";
import type { NoPlan, Plan } from "../remediation";
import { alreadyOk, changedSince } from "./outcomes";
import { allBlocked, flagsOf, noPublicAccessBlock, sameBlock } from "./public-access-block";

/**
 * The plan that restores a public access block that an event removed, if it is still as the event left it. The record does
 * not contain the previous block: without a baseline, it is assumed to have been complete.
 *
 * @param whose `the bucket data`
 * @param call makes `GetPublicAccessBlock`, `PutPublicAccessBlock`, `DeletePublicAccessBlock` on it
 */
export async function planBlocking(
  { record }: Finding,
  aws: CallAws,
  whose: string,
  call: (operation: string, rest?: object) => Call,
  before?: Baseline,
): Promise<Plan | NoPlan> {
  const answer = await unlessGone(aws(call("GetPublicAccessBlock")), noPublicAccessBlock);
  const live = answer === undefined ? undefined : flagsOf(answer.PublicAccessBlockConfiguration);
  if (sameBlock(live, allBlocked)) return alreadyOk(`all public access to ${whose} is blocked`);
  const kept = before?.GetPublicAccessBlock?.PublicAccessBlockConfiguration;
  if (before !== undefined && kept === undefined)
    return alreadyOk(`${whose} had no public access block before either`);
  const wanted = kept === undefined ? allBlocked : flagsOf(kept);
  if (sameBlock(live, wanted)) return alreadyOk(`the public access block of ${whose} is as it was before`);
  const left = nameOf(record).startsWith("Delete")
    ? undefined
    : flagsOf(fieldsOf(record.requestParameters).PublicAccessBlockConfiguration);
  if (!sameBlock(live, left)) return changedSince(`the public access block of ${whose} has changed since`);
  return {
    summary:
      kept === undefined
        ? `Block all public access to ${whose}`
        : `Block public access to ${whose} as it was before`,
    calls: [call("PutPublicAccessBlock", { PublicAccessBlockConfiguration: wanted })],
    rollback: [
      live === undefined
        ? call("DeletePublicAccessBlock")
        : call("PutPublicAccessBlock", { PublicAccessBlockConfiguration: live }),
    ],
  };
}
