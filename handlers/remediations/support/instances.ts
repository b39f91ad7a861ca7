import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { NoPlan, Plan } from "../remediation";
import { alreadyOk, refused } from "./outcomes";
import { planOfSteps } from "./steps";

/** EC2's errors for a missing instance. */
export const instanceGone = ["InvalidInstanceID.NotFound"];

/** An instance as described by EC2. */
export interface Instance {
  InstanceId?: string;
  RootDeviceType?: string;
  State?: { Name?: string };
  MetadataOptions?: Record<string, unknown>;
}

/** Those of the instances that EC2 still describes. */
export async function instancesOf(ids: string[], region: string, aws: CallAws): Promise<Instance[]> {
  const call = callsTo("ec2", region);
  const answers = await Promise.all(
    // One by one, because a missing ID makes the whole answer an error.
    ids.map((id) => unlessGone(aws(call("DescribeInstances", { InstanceIds: [id] })), instanceGone)),
  );
  return answers
    .flatMap((answer) => listOf(answer?.Reservations))
    .flatMap((reservation) => listOf(fieldsOf(reservation).Instances) as Instance[]);
}

/**
 * The plan that stops the running instances. Their volumes stay; the contents of memory and instance store, and a public
 * address that is not an Elastic IP, are lost, as with every stop. Instances with an instance store root can only be
 * terminated, and are left alone.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html
 */
export async function planStop(ids: string[], region: string, aws: CallAws): Promise<Plan | NoPlan> {
  if (ids.length === 0) return refused("the record does not say which instances");
  const live = await instancesOf(ids, region, aws);
  const running = live.filter(({ State }) => State?.Name === "running" || State?.Name === "pending");
  if (running.length === 0) return alreadyOk(`none of the instances ${ids.join(", ")} runs`);
  const stoppable = running.filter(({ RootDeviceType }) => RootDeviceType !== "instance-store");
  const InstanceIds = stoppable.map(({ InstanceId }) => plainTextOf(InstanceId));
  if (InstanceIds.length === 0)
    return refused("the instances have an instance store root: they cannot be stopped, only terminated");
  const call = callsTo("ec2", region);
  return planOfSteps(
    `Stop the instances ${InstanceIds.join(", ")}`,
    // One by one: one that is gone by then must not keep the others running.
    InstanceIds.map((id) => ({
      call: call("StopInstances", { InstanceIds: [id] }, { doneWhen: instanceGone }),
      rollback: [call("StartInstances", { InstanceIds: [id] })],
    })),
  );
}
