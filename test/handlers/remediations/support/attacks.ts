import type { Call, CallAws } from "../../../../handlers/aws/call";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { createDetect, type Hit } from "../../../../handlers/detections/detect";
import { detections } from "../../../../handlers/detections/index";
import { remediations } from "../../../../handlers/remediations/index";
import type { Remediation } from "../../../../handlers/remediations/remediation";
import { awsError } from "../../../support/factories";
import { answerOf } from "../../../support/service-model";
import { type Case, emptyContext } from "../../detections/support/cases";
import { readCases } from "../../detections/support/read-cases";

/** A record that a detection with a remediation matches. */
export interface Attack {
  remediation: Remediation;
  record: CloudTrailRecord;
  context: Case["context"];
  hit: Hit;
}

export const attacks: Attack[] = readCases().flatMap(({ id, cases: { hits } }) => {
  const remediation = remediations.find((one) => one.id === id);
  if (remediation === undefined) return [];
  return hits.flatMap(({ record, context }) => {
    const [hit] = detect(record, context).filter(({ detection }) => detection.id === id);
    return hit === undefined ? [] : [{ remediation, record, context, hit }];
  });
});

/** The hits of the whole catalogue in a record. */
export function detect(record: CloudTrailRecord, context: Case["context"] = {}): Hit[] {
  return createDetect({ detections: {}, context: { ...emptyContext, ...context } }, detections)(record);
}

/** The strings in a JSON value, from which answers are made. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** An AWS that answers with the strings of the record, so that plans find what they look for; or with an error. */
export function answering(
  record: CloudTrailRecord,
  seed: number,
  { mayFail = true, texts: more = ["{}", "arn:aws:iam::aws:policy/AdministratorAccess"] } = {},
): CallAws {
  const texts = [...textsIn(record), ...more];
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return async (call: Call) => {
    if (mayFail && next(10) === 0) throw awsError(next(2) === 0 ? "AccessDenied" : "NoSuchEntityException");
    return answerOf(call, texts, next);
  };
}
