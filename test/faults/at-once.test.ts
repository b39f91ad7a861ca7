import { expect } from "chai";
import { createRandom } from "../../bench/random";
import { createHandler } from "../../handlers/index";
import { aMinuteLater, aRecord, someSettings } from "../support/factories";
import { type Attack, attacks } from "./attacks";
import { createClock } from "./clock";
import { faults } from "./faults";
import { createLambda, type FaultOf } from "./lambda";
import { brokenPromises, findingsIn, mayBePublishedAgain, nameOf } from "./scene";
import { report, times } from "./share";
import { createWorld, notificationOf } from "./world";

const settings = someSettings({ detections: { "iam-access-key-for-other-user": { mode: "fix" } } });

type Random = ReturnType<typeof createRandom>;

/** The attacks that can happen in one account, all of them. */
function allAttacks(): Attack[] {
  // Another attack by the same call takes the place of the second.
  return attacks
    .map((create) => create())
    .filter(({ detection }, index, all) => all.findIndex((one) => one.detection === detection) === index)
    .map((attack, index) => ({
      ...attack,
      records: attack.records.map((record, at) => ({
        ...record,
        eventID: `${String(index).padStart(8, "0")}-0000-4000-8000-${String(at).padStart(12, "0")}`,
      })),
    }));
}

/** How an account is attacked, and what is delivered about it when. */
interface Play {
  /** Log files, by the places of their attacks. */
  files: number[][];
  /** What is delivered: the place of a log file, and after how many ms. */
  deliveries: { file: number; after: number }[];
  /** How long a call may take at most, ms. */
  slowness: number;
  /** Which fault a call meets. */
  faultOf?: FaultOf;
  random: Random;
}

async function play({ files, deliveries, slowness, faultOf, random }: Play) {
  const attacked = allAttacks();
  const clock = createClock(aMinuteLater);
  const world = createWorld(attacked);
  const keys = files.map((places, index) =>
    world.putLogFile(
      `file-${index}`,
      places.flatMap((place) => attacked[place]?.records ?? []),
    ),
  );
  const broken = new Set<string>();
  const lambda = createLambda({
    clock,
    world,
    createHandler: (platform) => createHandler(settings, platform),
    latency: () => 1 + random.below(slowness),
  });
  const breaking: FaultOf = (made) => {
    const fault = faultOf?.(made);
    if (fault !== undefined) broken.add(nameOf(made));
    return fault;
  };
  const all = deliveries.map(async ({ file, after }) => {
    await clock.sleep(after);
    await lambda.deliver(notificationOf(keys[file] ?? ""), breaking);
  });
  await clock.run(Promise.all(all));
  const queued = lambda.failureQueue.length;
  await clock.run(lambda.redrive());
  return { attacked, world, lambda, queued, broken };
}

describe("deliveries twice, out of order and at once", () => {
  const count = allAttacks().length;
  const places = Array.from({ length: count }, (_, place) => place);
  let findings: string[] = [];
  before(async () => {
    const { attacked, world, lambda } = await play({
      files: [places],
      deliveries: [{ file: 0, after: 0 }],
      slowness: 20,
      random: createRandom(0),
    });
    findings = findingsIn(world);
    const clean = { attacks: attacked, findings, mayRepeat: false };
    expect(brokenPromises(world, lambda, clean)).to.deep.equal([]);
    expect(findings.length).to.be.at.least(count);
    for (const { isSafe, title } of attacked) expect(isSafe?.() ?? true, title).to.equal(true);
  });

  /** Plays as often as asked, each time otherwise, and returns what was wrong. */
  async function campaign(title: string, seeds: number, playOf: (random: Random) => Omit<Play, "random">) {
    const counts = {
      interleavings: seeds,
      deliveries: 0,
      invocations: 0,
      calls: 0,
      "broken calls": 0,
      queued: 0,
    };
    const wrong: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const random = createRandom(seed);
      const played = playOf(random);
      let brokenCalls = 0;
      const faultOf: FaultOf | undefined =
        played.faultOf &&
        ((made) => {
          const fault = played.faultOf?.(made);
          if (fault !== undefined) brokenCalls++;
          return fault;
        });
      const { attacked, world, lambda, queued, broken } = await play({
        ...played,
        ...(faultOf === undefined ? {} : { faultOf }),
        random,
      });
      counts.deliveries += played.deliveries.length;
      counts.invocations += played.deliveries.length + lambda.errors.length;
      counts.calls += lambda.calls.length;
      counts["broken calls"] += brokenCalls;
      counts.queued += queued;
      const isKilled = lambda.errors.some((error) => /killed|timed out/.test(error));
      const mayRepeat = isKilled || [...broken].some(mayBePublishedAgain);
      for (const problem of brokenPromises(world, lambda, { attacks: attacked, findings, mayRepeat }))
        wrong.push(`seed ${seed}: ${problem}`);
      for (const { isSafe, title: name } of attacked)
        if (isSafe?.() === false && brokenCalls === 0) wrong.push(`seed ${seed}: ${name} was not fixed`);
    }
    report(title, counts);
    return wrong;
  }

  it("of one notification twenty times at once: one fix and one alert each", async () => {
    const wrong = await campaign("twenty at once", times(300, 3), (random) => ({
      files: [places],
      deliveries: Array.from({ length: 20 }, () => ({ file: 0, after: random.below(200) })),
      slowness: random.pick([2, 50, 400]),
    }));
    expect(wrong).to.deep.equal([]);
  });

  it("of several log files, each two to four times, in any order: one fix and one alert each", async () => {
    const wrong = await campaign("out of order", times(1_000, 10), (random) => {
      const files: number[][] = [[], [], []];
      for (const place of places) files[random.below(3)]?.push(place);
      const deliveries = files.flatMap((_, file) =>
        Array.from({ length: 2 + random.below(3) }, () => ({
          file,
          after: random.below(random.pick([10, 5_000, 200_000])),
        })),
      );
      return { files, deliveries, slowness: random.pick([2, 50, 400, 3_000]) };
    });
    expect(wrong).to.deep.equal([]);
  });

  it("while calls break in any way, and processes die: one fix each, and alerts that are true", async () => {
    const kinds = Object.entries(faults);
    const wrong = await campaign("broken at random, at once and out of order", times(2_000, 15), (random) => {
      const files: number[][] = [[], []];
      for (const place of places) files[random.below(2)]?.push(place);
      const deliveries = files.flatMap((_, file) =>
        Array.from({ length: 1 + random.below(3) }, () => ({ file, after: random.below(90_000) })),
      );
      const rate = random.pick([0.002, 0.01, 0.05, 0.2]);
      return {
        files,
        deliveries,
        slowness: random.pick([2, 50, 400]),
        // Whatever is denied stays so for people to see; it has a test of its own.
        faultOf: () => {
          const [name, fault] = random.pick(kinds);
          return random.chance(rate) && name !== "denied" ? fault : undefined;
        },
      };
    });
    expect(wrong).to.deep.equal([]);
  });

  it("of calls that are about one thing: each is alerted as it was, and fixed once", async () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const wrong: string[] = [];
    for (let seed = 1; seed <= times(200, 4); seed++)
      for (const order of orders) {
        const random = createRandom(seed);
        const clock = createClock(aMinuteLater);
        const grant = attacks[0]?.();
        if (grant === undefined) throw new Error("expected an attack, found none");
        const world = createWorld([grant]);
        const records = [0, 1, 2].map((second) =>
          aRecord({
            ...grant.records[0],
            eventID: `0000000${second}-0000-4000-8000-000000000000`,
            eventTime: `2026-05-04T10:00:0${second}Z`,
          }),
        );
        const keys = records.map((record, index) => world.putLogFile(`order-${index}`, [record]));
        const lambda = createLambda({
          clock,
          world,
          createHandler: (platform) => createHandler(settings, platform),
          latency: () => 1 + random.below(300),
        });
        const spread = random.pick([0, 50, 1_000]);
        await clock.run(
          Promise.all(
            order.map(async (place, turn) => {
              await clock.sleep(turn * spread);
              await lambda.deliver(notificationOf(keys[place] ?? ""));
            }),
          ),
        );
        const main = world.published.filter(({ detection }) => detection === grant.detection);
        const outcomes = main.map(({ outcome }) => outcome).sort();
        if (outcomes.join() !== "already-ok,already-ok,fixed")
          wrong.push(`seed ${seed}, ${order.join()}: ${outcomes.join()}`);
        if (world.changes.length !== 1) wrong.push(`seed ${seed}: ${world.changes.length} fixes`);
      }
    report("of one thing, in every order", { runs: times(200, 4) * orders.length });
    expect(wrong).to.deep.equal([]);
  });
});
