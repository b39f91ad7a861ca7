import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { detections } from "../../../../handlers/detections/index";
import { remediations } from "../../../../handlers/remediations/index";
import type { NoPlan, Plan } from "../../../../handlers/remediations/remediation";
import { aRecord, account } from "../../../support/factories";
import { type Given, planned } from "../../../support/planning";
import { emptyContext } from "../../detections/support/cases";

/** Somebody else's account. */
export const stranger = "444455556666";

/** The region of the attacks, which is nobody's default. */
export const region = "eu-west-1";

/**
 * Plans for an attack from end to end: the detection must find the record, and the remediation plans from what it found.
 * Both come from the catalogue, so that each is known to be in it.
 *
 * @param event `ec2:CreateRoute`
 * @param where the region in which it must act, usually the record's
 */
export async function plannedFor(
  id: string,
  event: string,
  own: Partial<CloudTrailRecord>,
  given: Given = {},
  where = own.awsRegion ?? region,
): Promise<Plan | NoPlan> {
  const detection = detections.find((one) => one.id === id);
  const remediation = remediations.find((one) => one.id === id);
  if (detection === undefined || remediation === undefined)
    throw new Error(`expected a detection and a remediation ${id} in the catalogue`);
  const [service, eventName] = event.split(":") as [string, string];
  const record = { eventSource: `${service}.amazonaws.com`, eventName, awsRegion: region, ...own };
  const match = detection.match(aRecord(record), { account, ...emptyContext, ...given.configured });
  if (match === undefined) throw new Error(`expected ${id} to find the record, found nothing`);
  const plan = await planned(remediation, record, { ...given, match });
  const elsewhere = "outcome" in plan ? [] : plan.calls.filter((call) => call.region !== where);
  // IAM serves all regions from one.
  for (const { service: name, region: found } of elsewhere)
    if (name !== "iam") throw new Error(`expected ${id} to act in ${where}, found ${found}`);
  return plan;
}
