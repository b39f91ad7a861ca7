import { fieldsOf, nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../findings/finding";
import type { Call, CallAws, NoPlan, Plan } from "../remediation";
import { alreadyOk, changedSince, unlessGone } from "../support";
import { allBlocked, flagsOf, noPublicAccessBlock, sameBlock } from "./public-access-block";

/**
 * The plan that blocks all public access again to what an event took its block away from, if the block is still as the
 * event left it. What it was before is not in the record: the catalogue takes it for complete.
 *
 * @param whose `the bucket data`
 * @param call makes `GetPublicAccessBlock`, `PutPublicAccessBlock`, `DeletePublicAccessBlock` on it.
 */
export async function planBlocking(
  { record }: Finding,
  aws: CallAws,
  whose: string,
  call: (operation: string, rest?: object) => Call,
): Promise<Plan | NoPlan> {
  const answer = await unlessGone(aws(call("GetPublicAccessBlock")), noPublicAccessBlock);
  const live = answer === undefined ? undefined : flagsOf(answer.PublicAccessBlockConfiguration);
  if (sameBlock(live, allBlocked)) return alreadyOk(`all public access to ${whose} is blocked`);
  const left = nameOf(record).startsWith("Delete")
    ? undefined
    : flagsOf(fieldsOf(record.requestParameters).PublicAccessBlockConfiguration);
  if (!sameBlock(live, left)) return changedSince(`the public access block of ${whose} was set otherwise`);
  return {
    summary: `Block all public access to ${whose}`,
    calls: [call("PutPublicAccessBlock", { PublicAccessBlockConfiguration: allBlocked })],
    undo: [
      live === undefined
        ? call("DeletePublicAccessBlock")
        : call("PutPublicAccessBlock", { PublicAccessBlockConfiguration: live }),
    ],
  };
}
