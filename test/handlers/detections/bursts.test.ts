import { expect } from "chai";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import {
  type BurstHit,
  type BurstStore,
  createBurstBatches,
  createMemoryBurstStore,
} from "../../../handlers/detections/bursts";
import { createDetect, type Hit } from "../../../handlers/detections/detect";
import type { Detection } from "../../../handlers/detections/detection";
import { call, emptyContext, repeated, user } from "./support/cases";

const seconds = 600;

const probe: Detection = {
  id: "probe",
  title: "Probe",
  severity: "medium",
  attack: { technique: "T1580" },
  tier: "core",
  noise: "rare",
  events: ["iam:ListUsers"],
  remediation: "alert",
  burst: { windowMinutes: seconds / 60, threshold: 5, countedBy: (record) => record.userIdentity?.arn },
  match: (record) => ({ evidence: [{ parameter: "eventName", value: record.eventName }], resources: [] }),
  runbook: ["", "", ""],
  falsePositives: [],
  references: [],
};

const distinctProbe: Detection = {
  ...probe,
  id: "distinct-probe",
  burst: {
    windowMinutes: seconds / 60,
    threshold: 5,
    countedBy: (record) => record.userIdentity?.arn,
    distinct: (record) => [String((record.requestParameters as { name: string }).name)],
  },
};

function countedHits(records: CloudTrailRecord[], detection: Detection = probe) {
  const detect = createDetect({ detections: {}, context: emptyContext }, [detection]);
  return records.flatMap((record) => detect(record).map((hit) => ({ hit, record })));
}

/** Counts each list of hits like the handler does for a log file. */

function counter(store: BurstStore = createMemoryBurstStore(), thresholds: Record<string, number> = {}) {
  const newBatch = createBurstBatches({ store, thresholds, now: () => 1_700_000_000_000 });
  return async (hits: { hit: Hit; record: CloudTrailRecord }[]): Promise<BurstHit[]> => {
    const batch = newBatch();
    for (const { hit, record } of hits) batch.add(hit, record);
    return batch.count();
  };
}

/** Records at the given seconds after a boundary between two windows. */
function at(...offsets: number[]): CloudTrailRecord[] {
  const border = Date.parse("2025-03-04T09:10:00Z");
  return offsets.map((offset, index) => ({
    ...call("iam:ListUsers", { name: `n${index}` }),
    eventID: `e${offset}`,
    eventTime: new Date(border + offset * 1000).toISOString(),
  }));
}

/** By definition, without a store: the slots in which some second looks back on enough distinct records. */
function slotsByDefinition(offsets: number[], threshold: number): number[] {
  const slots = offsets
    .filter(
      (end) => new Set(offsets.filter((start) => end - seconds < start && start <= end)).size >= threshold,
    )
    .map((end) => Math.floor(end / seconds));
  return [...new Set(slots)].sort((a, b) => a - b);
}

describe("bursts", () => {
  it("are found if there are enough records in one window", async () => {
    const bursts = await counter()(countedHits(repeated(call("iam:ListUsers", {}), 5, 10)));
    expect(bursts.length).equal(1);
    expect(bursts[0]?.hit.match.evidence.at(-1)?.why).equal("at least 5 within 10 minutes");
  });

  it("are not found if there are too few", async () => {
    expect(await counter()(countedHits(repeated(call("iam:ListUsers", {}), 4, 10)))).deep.equal([]);
  });

  it("are not found if the records are too far apart", async () => {
    expect(await counter()(countedHits(repeated(call("iam:ListUsers", {}), 20, 150)))).deep.equal([]);
  });

  it("use the threshold of the configuration", async () => {
    const hits = countedHits(repeated(call("iam:ListUsers", {}), 5, 10));
    expect(await counter(createMemoryBurstStore(), { probe: 6 })(hits)).deep.equal([]);
  });

  it("count each principal separately", async () => {
    const records = repeated(call("iam:ListUsers", {}), 8, 10, (index) => ({
      userIdentity: user(`u${index % 2}`),
    }));
    expect(await counter()(countedHits(records))).deep.equal([]);
  });

  it("are found across the boundary of two windows", async () => {
    const bursts = await counter()(countedHits(at(-20, -10, 0, 10, 20)));
    expect(bursts.length).equal(1);
  });

  it("are found across log files", async () => {
    const countBursts = counter();
    const [first, second] = [at(-20, -10), at(0, 10, 20)];
    expect(await countBursts(countedHits(first))).deep.equal([]);
    expect((await countBursts(countedHits(second))).length).equal(1);
  });

  it("are found by a late log file", async () => {
    const countBursts = counter();
    expect(await countBursts(countedHits(at(30, 40, 50)))).deep.equal([]);
    expect((await countBursts(countedHits(at(-20, -10)))).length).equal(1);
  });

  it("count a record once, however often it is delivered", async () => {
    const countBursts = counter();
    const hits = countedHits(at(0, 10, 20));
    for (let time = 0; time < 3; time++) expect(await countBursts(hits)).deep.equal([]);
  });

  it("keep their identity if a log file is delivered again", async () => {
    const countBursts = counter();
    const hits = countedHits(at(0, 10, 20, 30, 40));
    const [first] = await countBursts(hits);
    const [again] = await countBursts(hits);
    expect(again?.eventID).equal(first?.eventID);
  });

  it("count distinct values if the detection says so", async () => {
    const same = repeated(call("iam:ListUsers", { name: "one" }), 30, 5);
    expect(await counter()(countedHits(same, distinctProbe))).deep.equal([]);
    const bursts = await counter()(countedHits(at(0, 1, 2, 3, 4), distinctProbe));
    expect(bursts[0]?.hit.match.evidence.at(-1)?.value).deep.equal(["n0", "n1", "n2", "n3", "n4"]);
  });

  it("ignore records without a time", async () => {
    const records = repeated(call("iam:ListUsers", {}), 9, 1, () => ({ eventTime: "yesterday" }));
    expect(await counter()(countedHits(records))).deep.equal([]);
  });

  it("keep sets small and use one update per set", async () => {
    const store = createMemoryBurstStore();
    const sizes: number[] = [];
    const watched: BurstStore = {
      async add(key, members, expiresAt) {
        sizes.push(members.length);
        return store.add(key, members, expiresAt);
      },
    };
    await counter(watched)(countedHits(repeated(call("iam:ListUsers", {}), 1000, 0)));
    expect(sizes).deep.equal([5, 5]);
  });

  it("throw what the store throws", async () => {
    const broken: BurstStore = { add: () => Promise.reject(new Error("table is gone")) };
    const error = await counter(broken)(countedHits(at(0))).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect((error as Error).message).equal("table is gone");
  });

  it("are the same whatever the order of records and log files, and as defined", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: -1500, max: 1500 }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (offsets, files, random) => {
          const shuffled = offsets
            .map((offset) => ({ offset, by: random.next().value as number }))
            .sort((a, b) => a.by - b.by)
            .map(({ offset }) => offset);
          const inFiles = Array.from({ length: files }, (_, file) =>
            shuffled.filter((_, i) => i % files === file),
          );
          const found = async (batches: number[][]) => {
            const countBursts = counter();
            const ids = new Set<string>();
            for (const batch of batches)
              for (const { eventID } of await countBursts(countedHits(at(...batch)))) ids.add(eventID);
            return [...ids].sort();
          };
          const inOrder = await found([[...offsets].sort((a, b) => a - b)]);
          expect(await found(inFiles)).deep.equal(inOrder);
          expect(inOrder.length).equal(slotsByDefinition(offsets, 5).length);
        },
      ),
      { numRuns: 200 },
    ));
});
