import { expect } from "chai";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createDetect } from "../../../handlers/detections/detect";
import type { Detection } from "../../../handlers/detections/detection";
import {
  createMemoryNoveltyStore,
  createNovelties,
  type JudgedHit,
  type NoveltyStore,
} from "../../../handlers/detections/novelty";
import { call, emptyContext, role, user } from "./support/cases";

const days = 30;
const learning = 14;

const probe: Detection = {
  id: "probe",
  title: "Probe",
  severity: "medium",
  attack: { technique: "T1580" },
  tier: "core",
  noise: "rare",
  events: ["iam:ListUsers", "iam:ListRoles"],
  remediation: "alert",
  novel: { days, learning },
  match: (record) => ({ evidence: [{ parameter: "eventName", value: record.eventName }], resources: [] }),
  runbook: ["", "", ""],
  falsePositives: [],
  references: [],
};

const start = Date.parse("2025-01-01T00:00:00Z");

/** A call, days after the start. */
function onDay(day: number, fields: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return call("iam:ListUsers", null, {
    userIdentity: role("deploy", "build-1"),
    eventTime: new Date(start + day * 86_400_000).toISOString().replace(".000Z", "Z"),
    eventID: `e${day}`,
    ...fields,
  });
}

/** Judges each list of records like the handler does for a log file; learning began on day `begun`. */
function judge(begun = -100, store: NoveltyStore = createMemoryNoveltyStore()) {
  const detect = createDetect({ detections: {}, context: emptyContext }, [probe]);
  const novelties = createNovelties({ store, now: () => start });
  const batchOf = (records: CloudTrailRecord[]) => {
    const batch = novelties.newBatch();
    for (const record of records) for (const hit of detect(record)) batch.add(hit, record);
    return batch;
  };
  return {
    async file(...records: CloudTrailRecord[]) {
      await novelties.begin(start / 1000 + begun * 86_400);
      return (await batchOf(records).judge()).map(summary);
    },
    learn: (day: number, ...records: CloudTrailRecord[]) =>
      batchOf(records).learn(start / 1000 + day * 86_400),
  };
}

function summary({ hit, record, eventID }: JudgedHit): string {
  return `${hit.severity} ${record.eventID}${eventID === undefined ? "" : " as another"}`;
}

describe("novelty", () => {
  it("is what a role does for the first time, in any session", async () => {
    const { file } = judge();
    expect(await file(onDay(0))).deep.equal(["medium e0"]);
    const later = onDay(1, { userIdentity: role("deploy", "build-2") });
    expect(await file(later)).deep.equal(["info e1 as another"]);
    expect(await file(onDay(1, { userIdentity: role("review") }))).deep.equal(["medium e1"]);
    expect(await file(onDay(1, { userIdentity: user("alice") }))).deep.equal(["medium e1"]);
  });

  it("is stated on a separate line", async () => {
    const detect = createDetect({ detections: {}, context: emptyContext }, [probe]);
    const textsOf = async (begun: number) => {
      const novelties = createNovelties({ store: createMemoryNoveltyStore(), now: () => start });
      await novelties.begin(start / 1000 + begun * 86_400);
      const batch = novelties.newBatch();
      for (const record of [onDay(0), onDay(1)]) for (const hit of detect(record)) batch.add(hit, record);
      return (await batch.judge()).map(({ hit }) => hit.match.novelty);
    };
    expect(await textsOf(-100)).deep.equal([
      { text: "first time in 30 days by role deploy" },
      { text: "not new: role deploy did it within the 30 days before", isKnown: true },
    ]);
    expect((await textsOf(-3))[0]).deep.equal({
      text: "first time by role deploy since records began on 2024-12-29; low until 2025-01-12, while this is being learned",
      isLearning: true,
    });
  });

  it("recurs after enough days without", async () => {
    const { file } = judge();
    await file(onDay(0));
    expect(await file(onDay(days))).deep.equal(["info e30 as another"]);
    expect(await file(onDay(2 * days + 1))).deep.equal(["medium e61"]);
  });

  it("is low while everything is new", async () => {
    const { file } = judge(-3);
    expect(await file(onDay(0))).deep.equal(["low e0"]);
    expect(await file(onDay(learning - 3, { userIdentity: user("alice") }))).deep.equal(["medium e11"]);
  });

  it("begins with the first record, not with the first hit", async () => {
    const store = createMemoryNoveltyStore();
    await judge(-learning, store).file();
    expect(await judge(0, store).file(onDay(0))).deep.equal(["medium e0"]);
  });

  it("is learned from earlier records", async () => {
    const { file, learn } = judge(0);
    await learn(-20, onDay(-10));
    expect(await file(onDay(0), onDay(0, { userIdentity: user("alice"), eventID: "a" }))).deep.equal([
      "info e0 as another",
      "medium a",
    ]);
  });

  it("makes one finding per day and event that is known", async () => {
    const { file } = judge();
    await file(onDay(0));
    const known = [onDay(1), onDay(1.1), onDay(1.2, { eventName: "ListRoles" }), onDay(2)];
    expect(await file(...known)).deep.equal([
      "info e1 as another",
      "info e1.2 as another",
      "info e2 as another",
    ]);
  });

  it("recognizes the same event whenever it is repeated", async () => {
    const store = createMemoryNoveltyStore();
    expect(await judge(-100, store).file(onDay(0), onDay(0))).deep.equal(["medium e0"]);
    await judge(-100, store).file(onDay(3));
    expect(await judge(-100, store).file(onDay(0))).deep.equal(["medium e0"]);
  });

  it("is a late event that is older than all others, and not one that fills a gap", async () => {
    const { file } = judge();
    await file(onDay(10));
    expect(await file(onDay(5))).deep.equal(["medium e5"]);
    expect(await file(onDay(7))).deep.equal(["info e7 as another"]);
    expect(await file(onDay(10))).deep.equal(["medium e10"]);
  });

  it("writes once per principal and file, and nothing if nothing is new", async () => {
    const memory = createMemoryNoveltyStore();
    const keys: string[] = [];
    const store: NoveltyStore = {
      begin: memory.begin,
      change: (key, change, expiresAt) =>
        memory.change(
          key,
          (before) => {
            const next = change(before);
            if (next !== before) keys.push(key);
            return next;
          },
          expiresAt,
        ),
    };
    const { file } = judge(-100, store);
    await file(onDay(0), onDay(1), onDay(2));
    await file(onDay(0), onDay(1), onDay(2));
    expect(keys).have.length(1);
  });

  it("stays small, whatever the input", async () => {
    const memory = createMemoryNoveltyStore();
    let bytes = 0;
    const store: NoveltyStore = {
      begin: memory.begin,
      change: (key, change, expiresAt) =>
        memory.change(
          key,
          (before) => {
            const next = change(before);
            bytes = JSON.stringify(next).length;
            return next;
          },
          expiresAt,
        ),
    };
    const { file } = judge(-100, store);
    for (let day = 0; day < 20_000; day += 31) await file(onDay(day, { eventID: "x".repeat(1000) + day }));
    expect(bytes).lessThan(10_000);
  });

  it("is new by definition if records come in order, however they are split", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(400), { maxLength: 30 }),
        fc.nat(5),
        fc.array(fc.nat(30)),
        async (some, repeats, cuts) => {
          const inOrder = [...some].sort((a, b) => a - b);
          const byDefinition = inOrder.filter((day, index) => !(day - (inOrder[index - 1] ?? -999) <= days));
          const records = inOrder.map((day) => onDay(day));
          const { file } = judge();
          const found = new Set<string>();
          const borders = [0, ...cuts.sort((a, b) => a - b), records.length];
          for (const [index, border] of borders.entries()) {
            const part = records.slice(border, borders[index + 1]);
            const all = [...part, ...part.slice(0, repeats)];
            for (const one of await file(...all)) if (one.startsWith("medium")) found.add(one.slice(7));
          }
          expect([...found]).deep.equal(byDefinition.map((day) => `e${day}`));
        },
      ),
    ));

  it("misses nothing that is new by definition, in whatever order the records come", () =>
    fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(400), { maxLength: 30 }), async (some) => {
        const inOrder = [...some].sort((a, b) => a - b);
        const byDefinition = inOrder.filter((day, index) => !(day - (inOrder[index - 1] ?? -999) <= days));
        const { file } = judge();
        const found: string[] = [];
        for (const day of some) found.push(...(await file(onDay(day))));
        const fresh = found.filter((one) => one.startsWith("medium")).map((one) => one.slice(7));
        expect(fresh).include.members(byDefinition.map((day) => `e${day}`));
        const { file: again } = judge();
        const whole = (await again(...some.map((day) => onDay(day)))).filter((one) => one.startsWith("med"));
        expect(whole.map((one) => one.slice(7))).deep.equal(byDefinition.map((day) => `e${day}`));
      }),
    ));
});
