import { expect } from "chai";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";
import { aMinuteLater, someSettings } from "../support/factories";
import { type Attack, attacks } from "./attacks";
import { createClock } from "./clock";
import { type Fault, faults } from "./faults";
import { createLambda, type FaultOf, type Lambda, type Made } from "./lambda";
import { brokenPromises, findingsIn, mayBePublishedAgain, nameOf } from "./scene";
import { report, someOf } from "./share";
import { createWorld, notificationOf, type World } from "./world";

const settings: Settings = someSettings({
  detections: { "iam-access-key-for-other-user": { mode: "fix" } },
});

/** What is left after an event was handled, whatever was broken. */
interface Scene {
  attack: Attack;
  world: World;
  lambda: Lambda;
  /** Whether the failure queue had it, and a redrive had to follow. */
  wasQueued: boolean;
}

/** Has an attack happen, and its log file handled while calls break; then what is in the failure queue, while none does. */
async function play(createAttack: () => Attack, faultOf?: FaultOf): Promise<Scene> {
  const attack = createAttack();
  const clock = createClock(aMinuteLater);
  const world = createWorld([attack]);
  const key = world.putLogFile("a", attack.records);
  const lambda = createLambda({
    clock,
    world,
    createHandler: (platform) => createHandler(settings, platform),
  });
  await clock.run(lambda.deliver(notificationOf(key), faultOf));
  const wasQueued = lambda.failureQueue.length > 0;
  await clock.run(lambda.redrive());
  return { attack, world, lambda, wasQueued };
}

function problemsOf({ attack, world, lambda }: Scene, clean: Scene, mayRepeat: boolean): string[] {
  return brokenPromises(world, lambda, { attacks: [attack], findings: findingsIn(clean.world), mayRepeat });
}

/** For how long a call is broken. */
const spans: Record<string, (broken: Made, fault: Fault) => FaultOf> = {
  once: (broken, fault) => (made) =>
    made.attempt === broken.attempt && made.index === broken.index ? fault : undefined,
  "for one try": (broken, fault) => (made) =>
    made.attempt === 1 && made.index >= broken.index && nameOf(made) === nameOf(broken) ? fault : undefined,
  "in all tries": (broken, fault) => (made) =>
    (made.attempt > 1 || made.index >= broken.index) && nameOf(made) === nameOf(broken) ? fault : undefined,
};

describe("whichever call breaks, in whichever way", () => {
  const totals = {
    attacks: attacks.length,
    calls: 0,
    runs: 0,
    "runs through the failure queue": 0,
    invocations: 0,
  };
  after(() => report("every call broken in every way", totals));

  for (const createAttack of attacks) {
    const { title } = createAttack();
    it(`${title}: one end, one alert that is true, and one fix at most`, async () => {
      const clean = await play(createAttack);
      expect(problemsOf(clean, clean, false)).to.deep.equal([]);
      expect(clean.attack.isSafe?.() ?? true, "fixed when nothing breaks").to.equal(true);
      expect(findingsIn(clean.world).join()).to.include(clean.attack.detection);
      totals.calls += clean.lambda.calls.length;

      const runs = clean.lambda.calls.flatMap((broken) =>
        Object.entries(faults).flatMap(([fault, breaks]) =>
          Object.entries(spans).map(([span, faultOf]) => ({
            title: `${fault} ${span} at call ${broken.index}, ${nameOf(broken)}`,
            faultOf: faultOf(broken, breaks),
            mayRepeat: mayBePublishedAgain(nameOf(broken)),
          })),
        ),
      );
      const wrong: string[] = [];
      for (const run of someOf(runs, 40)) {
        const scene = await play(createAttack, run.faultOf);
        totals.runs++;
        totals.invocations += scene.lambda.errors.length + 1;
        if (scene.wasQueued) totals["runs through the failure queue"]++;
        for (const problem of problemsOf(scene, clean, run.mayRepeat)) wrong.push(`${run.title}: ${problem}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});
