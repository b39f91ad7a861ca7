import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf } from "../../json";
import type { NoPlan, Plan } from "../remediation";
import { alreadyOk, refused } from "./outcomes";
import { planOfSteps } from "./steps";

/** What EC2 says when an instance does not exist. */
export const instanceGone = ["InvalidInstanceID.NotFound"];

/** An instance as EC2 describes it. */
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
    // One by one: an id that is gone makes the whole answer an error.
    ids.map((id) => unlessGone(aws(call("DescribeInstances", { InstanceIds: [id] })), instanceGone)),
  );
  return answers
    .flatMap((answer) => listOf(answer?.Reservations))
    .flatMap((reservation) => listOf(fieldsOf(reservation).Instances) as Instance[]);
}

/**
 * The plan that stops those of the instances that run. Their volumes stay; what is in memory and on instance store, and a
 * public address that is not an Elastic IP, is lost, as with every stop. Instances that live on instance store alone
 * can only be terminated, and are left alone.
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
    return refused("the instances live on instance store: they cannot be stopped, only terminated");
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
