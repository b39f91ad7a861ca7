import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan } from "../remediation";
import { alreadyOk, iamGone } from "./outcomes";

/** IAM actions of {@link planDeactivation}. */
export const deactivationReads = ["iam:ListAccessKeys"];
export const deactivationWrites = ["iam:UpdateAccessKey"];

/** Deactivates one access key of a user; never deletes it, so that a mistake costs one call. */
export async function planDeactivation(
  finding: Pick<Finding, "region">,
  userName: string,
  accessKeyId: string,
  aws: CallAws,
): Promise<Plan | NoPlan> {
  const call = callsTo("iam", iamRegionOf(finding.region));
  const answer = await unlessGone(aws(call("ListAccessKeys", { UserName: userName })), iamGone);
  const keys = (answer?.AccessKeyMetadata ?? []) as { AccessKeyId?: string; Status?: string }[];
  const live = keys.find((candidate) => candidate.AccessKeyId === accessKeyId);
  if (live === undefined) return alreadyOk(`the access key ${accessKeyId} of ${userName} is gone`);
  if (live.Status === "Inactive")
    return alreadyOk(`the access key ${accessKeyId} of ${userName} is inactive`);
  const set = (status: string) =>
    call("UpdateAccessKey", { UserName: userName, AccessKeyId: accessKeyId, Status: status });
  return {
    summary: `Deactivate the access key ${accessKeyId} of the user ${userName}`,
    calls: [set("Inactive")],
    rollback: [set("Active")],
  };
}
