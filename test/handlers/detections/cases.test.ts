import { expect } from "chai";
import { eventOf, succeeded } from "../../../handlers/cloudtrail/record";
import { detections } from "../../../handlers/detections/index";
import { burstsOf } from "./support/bursts";
import { refused } from "./support/cases";
import { readCases } from "./support/read-cases";
import { hitsOf, type Subject, source } from "./support/subjects";

const subjects: Subject[] = [source];

for (const subject of subjects)
  describe(`detections, by ${subject.name}`, () => {
    for (const { path, id, cases } of readCases())
      describe(path, () => {
        const detection = detections.find((one) => one.id === id);
        const looksAtFailures = detection?.outcome !== undefined && detection.outcome !== "success";

        it("is in the catalogue", () => {
          expect(detection, `${id} is not in handlers/detections/index.ts: npm run docs`).not.equal(
            undefined,
          );
        });

        for (const one of cases.hits)
          it(`finds: ${one.name}`, () => {
            const hits = hitsOf(subject, id, one);
            const [hit] = hits;
            expect(hits.length, "the number of hits").greaterThan(0);
            if (hit === undefined) return;
            expect(hit.match.evidence, "evidence").not.deep.equal([]);
            if (one.evidence !== undefined)
              expect(hit.match.evidence.map(({ parameter }) => parameter)).include(one.evidence);
            if (one.resources !== undefined)
              expect(hit.match.resources.map((resource) => resource.id)).include.members(one.resources);
            const alone = hits.find(({ counted }) => counted === undefined);
            expect((alone ?? hit).severity).equal(one.severity ?? hit.detection.severity);
            expect(hit.match.couldNotInspect !== undefined).equal(one.couldNotInspect === true);
          });

        for (const one of cases.quiet)
          it(`ignores: ${one.name}`, () => {
            expect(hitsOf(subject, id, one)).deep.equal([]);
          });

        if (!looksAtFailures)
          for (const one of cases.hits)
            it(`ignores, when it failed: ${one.name}`, () => {
              expect(hitsOf(subject, id, { ...one, record: refused(one.record) })).deep.equal([]);
            });

        for (const burst of cases.bursts ?? [])
          it(`counts: ${burst.name}`, async () => {
            const { context = {} } = burst;
            expect((await burstsOf(subject, id, burst.records, context)).length).equal(burst.findings);
          });
      });
  });

describe("the cases of each detection", () => {
  const files = readCases();
  for (const detection of detections)
    describe(detection.id, () => {
      const cases = files.find(({ id }) => id === detection.id)?.cases;
      const records = (list: "hits" | "quiet") => (cases?.[list] ?? []).map(({ record }) => record);
      const isOfEvent = (event: string) => (record: Parameters<typeof eventOf>[0]) =>
        event === "*" || eventOf(record) === event;

      it("has a hit for each event", () => {
        const missing = detection.events.filter((event) => !records("hits").some(isOfEvent(event)));
        expect(missing).deep.equal([]);
      });

      it("has a benign call of each event, or says why there is none", () => {
        if (cases?.everyCall !== undefined) return;
        const benign = records("quiet").filter(succeeded);
        const missing = detection.events.filter((event) => !benign.some(isOfEvent(event)));
        expect(missing).deep.equal([]);
      });

      if (detection.outcome !== undefined && detection.outcome !== "success")
        it("has a failed call, because it sees failed calls", () => {
          const failed = [...records("hits"), ...records("quiet")].filter((record) => !succeeded(record));
          expect(failed).not.deep.equal([]);
        });

      if (detection.burst !== undefined)
        it("has lists of records that are a burst and that are not", () => {
          const findings = (cases?.bursts ?? []).map((burst) => burst.findings);
          expect(findings.some((count) => count > 0) && findings.includes(0)).equal(true);
        });
    });
});
