import { expect } from "chai";
import { createAsking } from "../../../handlers/detections/asking";
import { createBurstBatches, createMemoryBurstStore } from "../../../handlers/detections/bursts";
import { createDetect } from "../../../handlers/detections/detect";
import { detections } from "../../../handlers/detections/index";
import { createSeenState, factOf } from "../../../handlers/detections/seen-state";
import { kinds, type KindCase } from "./support/kinds";
import { emptyContext } from "./support/cases";

/** What the whole catalogue finds in a list of records, if only these records answer questions. */
async function findings({ records, context = {} }: KindCase): Promise<{ found: string[]; open: number }> {
  const settings = { detections: {}, context: { ...emptyContext, ...context } };
  const detect = createDetect(settings, detections);
  const asking = createAsking(settings, detections);
  const seen = createSeenState();
  const bursts = createBurstBatches({ store: createMemoryBurstStore(), thresholds: {}, now: () => 0 })();
  const found: string[] = [];
  for (const fact of records.map(factOf)) if (fact !== undefined) seen.note(fact);
  const open = new Set<string>();
  for (const record of records) {
    for (const hit of detect(record))
      if (hit.counted === undefined) found.push(`${hit.detection.id} ${hit.severity}`);
      else bursts.add(hit, record);
    for (const asked of asking.askedAbout(record)) {
      const answers = asked.asks.map((ask) => seen.answer(ask, record) ?? { unknown: "nothing says it" });
      const decided = asking.decide(asked, answers);
      if (decided === undefined) continue;
      if ("open" in decided) open.add(record.eventID);
      else found.push(`${decided.detection.id} ${decided.severity}`);
    }
  }
  for (const { hit } of await bursts.count()) found.push(`${hit.detection.id} ${hit.severity}`);
  return { found, open: open.size };
}

describe("dangers in places where nobody looks first", () => {
  for (const { kind, ids, cases } of kinds)
    describe(kind, () => {
      it("has what must be found, and what is close to it", () => {
        expect(cases.length).greaterThan(2);
        expect(cases.some(({ found }) => found.length > 0)).equal(true);
        expect(cases.some(({ found }) => found.length === 0)).equal(true);
        expect(detections.map(({ id }) => id)).include.members(ids);
      });

      for (const one of cases)
        it(`${one.found.length === 0 ? "ignores" : "finds"}: ${one.name}`, async () => {
          const { found, open } = await findings(one);
          const ofKind = found.filter((text) => ids.includes(text.split(" ")[0] ?? ""));
          expect(ofKind.sort()).deep.equal([...one.found].sort());
          expect(open).equal(one.open ?? 0);
        });
    });
});
