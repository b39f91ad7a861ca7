import { expect } from "chai";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createBurstBatches, createMemoryBurstStore } from "../../../handlers/detections/bursts";
import type { Detection } from "../../../handlers/detections/detection";
import { createMemoryNoveltyStore, createNovelties } from "../../../handlers/detections/novelty";
import type { ReplayCounted } from "../../../handlers/history/find";
import { createFindIn } from "../../../handlers/history/find";
import { thinned } from "../../../handlers/history/thinned";
import { defaultSettings } from "../../../handlers/settings";
import { aDetection, aRecord, account } from "../../support/factories";

const burst = aDetection({
  id: "iam-users-listed",
  events: ["iam:ListUsers"],
  burst: { windowMinutes: 10, threshold: 2, countedBy: (record) => record.userIdentity?.arn },
});
const distinct = aDetection({
  id: "iam-groups-read",
  events: ["iam:GetGroup"],
  burst: {
    windowMinutes: 7,
    threshold: 2,
    countedBy: (record) => record.userIdentity?.arn,
    distinct: (record) => String((record.requestParameters as { names: string }).names).split(","),
  },
  novel: { days: 2, learning: 0 },
});
const novel = aDetection({
  id: "iam-users-created",
  events: ["iam:CreateUser", "iam:DeleteUser"],
  novel: { days: 2, learning: 1 },
});
const detections: Detection[] = [burst, distinct, novel];
const byID = new Map(detections.map((detection) => [detection.id, detection]));
const now = Date.parse("2026-06-01T00:00:00Z");
const { find } = createFindIn({ detections, remediations: [] }, { ...defaultSettings, mode: "alert" }, now);

const began = Date.parse("2026-05-04T10:00:00Z");

/** One call: who, what, when. Some are repeated, as in overlapping trails. */
const call = fc.record({
  user: fc.constantFrom("mallory", "alice"),
  eventName: fc.constantFrom("ListUsers", "GetGroup", "CreateUser", "DeleteUser"),
  seconds: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 6 * 86_400 })),
  names: fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 3 }),
  repeats: fc.constantFrom(1, 1, 1, 2, 30),
});

function recordsOf(
  calls: { user: string; eventName: string; seconds: number; names: string[]; repeats: number }[],
) {
  return calls.flatMap(({ user, eventName, seconds, names, repeats }) =>
    Array.from({ length: repeats }, (_, repeat) =>
      aRecord({
        userIdentity: {
          type: "IAMUser",
          arn: `arn:aws:iam::${account}:user/${user}`,
          userName: user,
          accountId: account,
        },
        eventName,
        eventTime: new Date(began + (seconds + repeat) * 1000).toISOString().replace(".000", ""),
        eventID: [user, eventName, seconds + repeat, ...names].join("-"),
        requestParameters: { names: names.join(",") },
      }),
    ),
  );
}

function countedOf(records: CloudTrailRecord[]): ReplayCounted[] {
  return records.flatMap((record) => find(record, "log").counted);
}

/** What `replay` makes of the counted hits of several files. */
async function foundIn(files: ReplayCounted[][]) {
  const newBursts = createBurstBatches({ store: createMemoryBurstStore(), thresholds: {}, now: () => now });
  const novelties = createNovelties({ store: createMemoryNoveltyStore(), now: () => now }).newBatch();
  const found: unknown[] = [];
  for (const file of files) {
    const batch = newBursts();
    for (const { hit, record } of file) {
      const whole = { ...hit, detection: byID.get(hit.detection) as Detection };
      if (hit.counted === undefined) novelties.add(whole, record);
      else batch.add(whole, record);
    }
    for (const { eventID, hit, record } of await batch.count()) {
      found.push([eventID, record.eventID, hit.match]);
      novelties.add(hit, record, eventID);
    }
  }
  for (const { eventID, hit, record } of await novelties.judge())
    found.push([eventID, record.eventID, hit.severity, hit.match]);
  return found;
}

describe("thinned hits", () => {
  it("make the same bursts and novelties as all of them, whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { maxLength: 25 }), { maxLength: 4 }), async (files) => {
        const all = files.map((calls) => countedOf(recordsOf(calls)));
        expect(await foundIn(all.map((file) => thinned(file, byID, {})))).to.deep.equal(await foundIn(all));
      }),
      { numRuns: 300 },
    );
  });

  it("are few, however many records a flood has", () => {
    const flood = recordsOf([
      { user: "mallory", eventName: "ListUsers", seconds: 0, names: ["a"], repeats: 500 },
    ]);
    const repeated = recordsOf([
      { user: "mallory", eventName: "CreateUser", seconds: 0, names: ["a"], repeats: 500 },
    ]);
    expect(thinned(countedOf(flood), byID, {})).to.have.length(3);
    expect(thinned(countedOf(repeated), byID, {})).to.have.length(3);
  });

  it("are as many as a configured threshold needs", () => {
    const flood = recordsOf([
      { user: "mallory", eventName: "ListUsers", seconds: 0, names: ["a"], repeats: 500 },
    ]);
    expect(thinned(countedOf(flood), byID, { "iam-users-listed": 9 })).to.have.length(10);
  });
});
