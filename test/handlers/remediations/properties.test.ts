import type { Call } from "../../../handlers/aws/call";
import { expect } from "chai";
import fc from "fast-check";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import type { Hit } from "../../../handlers/detections/detect";
import { findingOf } from "../../../handlers/detections/finding";
import { remediations } from "../../../handlers/remediations/index";
import type { Plan } from "../../../handlers/remediations/remediation";
import { defaultSettings } from "../../../handlers/settings";
import { mangledFrom, withoutTextAnywhere } from "../../support/hostile";
import { answering, type Attack, attacks, detect } from "./support/attacks";

/** An attack whose record was mangled; without a hit when it is found no more. */
interface MangledAttack extends Omit<Attack, "hit"> {
  hit: Hit | undefined;
}

/** An attack with a record mangled before or only after it was detected. */
const mangledAttack = fc.constantFrom(...attacks).chain((attack) =>
  fc.tuple(mangledFrom(attack.record), fc.boolean()).map(([record, detectedBefore]): MangledAttack => {
    const { detection } = attack.hit;
    if (detectedBefore) {
      // No detection would have matched another event.
      const { eventSource, eventName } = attack.record;
      return { ...attack, record: { ...record, eventSource, eventName } };
    }
    const hit = detect(record, attack.context).find((one) => one.detection.id === detection.id);
    return { ...attack, record, hit };
  }),
);

/** Plans, and expects an acceptable result. */
async function plan({ remediation, record, context, hit }: MangledAttack, seed: number): Promise<void> {
  if (hit === undefined) return;
  const finding = findingOf(hit, record, actorOf(record), "s3://logs/a.json.gz");
  const settings = { context: { ...defaultSettings.context, ...context } };
  const before = JSON.stringify(record);
  const ended = await remediation
    .plan(finding, answering(record, seed), { settings, baselineOf: async () => undefined })
    .catch((error: Error) => error);
  expect(JSON.stringify(record), "the record").to.equal(before);
  if (ended instanceof Error) {
    expect(ended.name, ended.stack).to.be.oneOf(["AccessDenied", "NoSuchEntityException"]);
    return;
  }
  if ("outcome" in ended) expect(ended.reason).to.be.a("string").that.is.not.empty;
  else expect(isPlan(ended), JSON.stringify(ended)).to.equal(true);
}

describe("remediations, whatever the record", () => {
  it("have an attack each", () => {
    const ids = new Set(attacks.map(({ remediation }) => remediation.id));
    expect(remediations.map(({ id }) => id).filter((id) => !ids.has(id))).to.deep.equal([]);
  });

  it("end with a plan, an outcome, or AWS's own error", () =>
    fc.assert(fc.asyncProperty(mangledAttack, fc.nat(), plan), { numRuns: 3000 }));

  it("do so even if any value cannot be converted to text", async () => {
    for (const attack of attacks)
      for (const record of withoutTextAnywhere(attack.record)) {
        const { eventSource, eventName } = attack.record;
        await plan({ ...attack, record: { ...record, eventSource, eventName } }, 1);
      }
  });
});

function isPlan({ calls, rollback, summary }: Plan): boolean {
  // A record without a region makes a call that the executor rejects.
  const isCall = ({ service, operation, region }: Call) =>
    service !== "" && typeof operation === "string" && operation !== "" && typeof region === "string";
  return calls.length > 0 && [...calls, ...rollback].every(isCall) && typeof summary === "string";
}
