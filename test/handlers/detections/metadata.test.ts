import { expect } from "chai";
import { createReadInflatedLogFile } from "../../../handlers/cloudtrail/log-file";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { wantedOf } from "../../../handlers/detections/detect";
import { detections } from "../../../handlers/detections/index";
import ids from "./ids.json";
import { emptyContext } from "./support/cases";
import { detectionPaths, readCases } from "./support/read-cases";

const casesOf = (id: string) => {
  const found = readCases().find(({ path }) => path.endsWith(`/${id}`));
  if (found === undefined) throw new Error(`no cases of ${id}`);
  return found.cases;
};

describe("the catalogue", () => {
  it("has exactly the ids that are pinned: exceptions and modes of others name them", () => {
    expect(detections.map(({ id }) => id)).deep.equal(ids);
  });

  it("has one file of cases for each detection, at the same place", () => {
    expect(readCases().map(({ path }) => path)).deep.equal(detectionPaths());
  });

  it("names for the reader what its detections need, and nothing twice", () => {
    const { eventNames, hints } = wantedOf(detections, { ...emptyContext, allowedRegions: ["eu-west-1"] });
    expect(eventNames).include.members(["StopLogging", "AddPermission"]);
    expect(eventNames).not.include("*");
    expect(hints.map((hint) => hint?.field)).include.members(["userIdentity", "readOnly"]);
    expect(new Set(eventNames).size).equal(eventNames.length);
  });

  it("asks for no records on account of a detection that cannot match without configuration", () => {
    const { hints } = wantedOf(detections, emptyContext);
    expect(hints.map((hint) => hint?.field)).not.include("readOnly");
  });

  it("asks for some records of frequent events only, where no detection wants them all", () => {
    const { onlyWith = {}, eventNames } = wantedOf(detections, emptyContext, ["CreateQueue"]);
    const { PutObject, CreateTopic } = onlyWith;
    expect(PutObject).include.members(["x-amz-server-side-encryption-customer-algorithm", "omitted"]);
    expect(onlyWith.CopyObject).equal(PutObject);
    expect(CreateTopic).include("olicy");
    // Somebody else wants every one; and a detection does: of lambda's and of sqs's event of one name.
    expect(onlyWith).not.have.any.keys("CreateQueue", "AddPermission", "StopLogging");
    expect(eventNames).include.members(Object.keys(onlyWith));
  });

  for (const detection of detections)
    describe(detection.id, () => {
      it("names each event once, with a service and a name", () => {
        const { events } = detection;
        expect(new Set(events).size).equal(events.length);
        for (const event of events) expect(event).match(/^(?:\*|[a-z0-9-]+:[A-Za-z0-9]+)$/);
      });

      it("names a technique of ATT&CK", () => {
        const { technique, before = technique } = detection.attack;
        for (const id of [technique, before]) expect(id).match(/^T\d{4}(?:\.\d{3})?$/);
      });

      if (detection.burst !== undefined)
        it("counts over a time", () => {
          expect(detection.burst?.windowMinutes).greaterThan(0);
        });

      it("tells the reader what to look for when it is about every event", () => {
        expect(detection.events.includes("*")).equal(detection.hint !== undefined);
        expect(detection.hint?.texts).not.deep.equal([]);
      });

      if (detection.inParameters !== undefined)
        it("finds as much in what the reader hands on as in every record", async () => {
          const { hits, quiet } = casesOf(detection.id);
          const plain = hits.map(({ record }) => ({ ...record, requestParameters: { name: "a" } }));
          const read = createReadInflatedLogFile(wantedOf([detection], emptyContext), {
            maxInflatedBytes: 1e9,
            maxRecordBytes: 1e8,
          });
          const handedOn: CloudTrailRecord[] = [];
          const records = [...[...hits, ...quiet].map(({ record }) => record), ...plain];
          const file = async function* () {
            yield Buffer.from(JSON.stringify({ Records: records }));
          };
          await read("the cases", file(), { record: (record) => handedOn.push(record) });
          expect(handedOn).deep.include.members(hits.map(({ record }) => record));
          for (const record of plain) expect(handedOn).not.deep.include(record);
        });

      it("has a runbook of three whole steps", () => {
        expect(new Set(detection.runbook).size).equal(3);
        for (const step of detection.runbook) expect(step).match(/^[A-Z].{30,}[.?]$/);
      });

      it("says when it is nothing to worry about", () => {
        expect(detection.falsePositives).not.deep.equal([]);
        for (const sentence of detection.falsePositives) expect(sentence).match(/^[A-Z`].{20,}\.$/);
      });

      it("refers to AWS's own pages", () => {
        expect(detection.references).not.deep.equal([]);
        for (const page of detection.references)
          expect(page).match(/^https:\/\/(?:docs\.aws\.amazon\.com|repost\.aws|aws\.amazon\.com)\/\S+$/);
      });

      it("is plain data that a serializer can take", () => {
        expect(Object.getPrototypeOf(detection)).equal(Object.prototype);
        expect(detection.offByDefault ?? "A reason.").match(/\.$/);
      });
    });
});
