import { expect } from "chai";
import type { CallAws } from "../../../handlers/aws/call";
import { partitionOf } from "../../../handlers/aws/regions";
import { readBaseline } from "../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { type Finding, findingOf } from "../../../handlers/detections/finding";
import type { NoPlan, Plan } from "../../../handlers/remediations/remediation";
import { defaultSettings } from "../../../handlers/settings";
import { movedTo, places, type TestedPartition } from "../../support/partitions";
import { answering, type Attack, attacks } from "./support/attacks";

/** The result of one attack in one partition, and the regions and ARNs that its plan, reads and baselines named. */
async function planIn(
  partition: TestedPartition,
  { remediation, record, context, hit }: Attack,
  seed: number,
) {
  const moved = movedTo(partition, record);
  const match = movedTo(partition, hit.match);
  const finding: Finding = findingOf({ ...hit, match }, moved, actorOf(moved), "s3://logs/a.json.gz");
  const regions: string[] = [];
  const answer = answering(moved, seed, { mayFail: false, texts: ["{}"] });
  const aws: CallAws = (call) => {
    regions.push(call.region);
    return answer(call);
  };
  const settings = { context: { ...defaultSettings.context, ...movedTo(partition, context ?? {}) } };
  const baselineOf = (key: string) => {
    const [, type, place = ""] = key.split("#");
    const region = place.slice(0, place.indexOf("/"));
    regions.push(region);
    const kind = Object.values(baselineKinds).find((one) => one.type === type);
    expect(kind, key).not.to.equal(undefined);
    return kind === undefined ? Promise.resolve(undefined) : readBaseline(answer, kind, region, "account");
  };
  const ended: Plan | NoPlan = await remediation.plan(finding, aws, { settings, baselineOf });
  const calls = "outcome" in ended ? [] : [...ended.calls, ...ended.rollback];
  regions.push(...calls.map(({ region }) => region));
  const arns = [...JSON.stringify(calls).matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
  return { regions, arns };
}

describe("remediations in every partition, whatever AWS answers", () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);

  for (const partition of Object.keys(places) as TestedPartition[])
    it(`read and call nothing outside of ${partition}`, async () => {
      for (const attack of attacks)
        for (const seed of seeds) {
          const { regions, arns } = await planIn(partition, attack, seed);
          const { id } = attack.remediation;
          const outside = regions.filter((region) => partitionOf(region) !== partition);
          expect(outside, id).to.deep.equal([]);
          const foreign = arns.filter((one) => one !== partition);
          expect(foreign, id).to.deep.equal([]);
        }
    });
});
