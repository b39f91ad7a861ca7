import { expect } from "chai";
import { detections } from "../../../handlers/detections/index";
import ids from "./ids.json";

describe("the catalogue", () => {
  it("has the ids that are pinned: exceptions and modes of others name them (npm run docs pins new ones)", () => {
    expect(detections.map(({ id }) => id)).deep.equal(ids);
  });

  for (const detection of detections)
    describe(detection.id, () => {
      it("names each event once, with a service and a name", () => {
        const { events } = detection;
        expect(new Set(events).size).equal(events.length);
        for (const event of events) expect(event).match(/^(?:\*|[a-z0-9-]+:[A-Za-z0-9]+)$/);
      });

      it("names a technique of ATT&CK", () => {
        const { technique, before = technique } = detection.attack ?? {};
        for (const id of [technique, before]) expect(id).match(/^T\d{4}(?:\.\d{3})?$/);
      });

      if (detection.burst !== undefined)
        it("counts over a time", () => {
          expect(detection.burst?.windowMinutes).greaterThan(0);
        });

      it("reduces what is daily work for some to what stands out", () => {
        if (detection.noise !== "work") return;
        const { burst, novel, offByDefault, needs } = detection;
        expect([burst, novel, offByDefault, needs].some((one) => one !== undefined)).equal(true);
      });

      it("has a runbook of three complete steps", () => {
        expect(new Set(detection.runbook).size).equal(3);
        for (const step of detection.runbook) expect(step).match(/^[A-Z].{30,}[.?]$/);
      });

      it("says when it is harmless", () => {
        expect(detection.falsePositives).not.deep.equal([]);
        for (const sentence of detection.falsePositives) expect(sentence).match(/^[A-Z`].{20,}\.$/);
      });

      it("refers to AWS documentation", () => {
        expect(detection.references).not.deep.equal([]);
        for (const page of detection.references)
          expect(page).match(/^https:\/\/(?:docs\.aws\.amazon\.com|repost\.aws|aws\.amazon\.com)\/\S+$/);
      });

      it("is plain data that can be serialized", () => {
        expect(Object.getPrototypeOf(detection)).equal(Object.prototype);
        expect(detection.offByDefault ?? "A reason.").match(/\.$/);
      });
    });
});
