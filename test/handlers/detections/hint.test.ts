import { expect } from "chai";
import fc from "fast-check";
import { createReadInflatedLogFile } from "../../../handlers/cloudtrail/reader/index";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Hint } from "../../../handlers/detections/hint";
import { detections } from "../../../handlers/detections/index";
import { wantedOf } from "../../../handlers/detections/wanted";
import type { DetectionContext } from "../../../handlers/settings";
import { mangledFrom } from "../../support/hostile";
import { account, type Case, emptyContext } from "./support/cases";
import { readCases } from "./support/read-cases";

const allCases = readCases().flatMap(({ cases: { hits, quiet } }) => [...hits, ...quiet]);

/** Texts that might evade hints: other letters, other spellings, escapes. */
const spellings = fc.constantFrom(
  "Root",
  "root",
  "/i-",
  "\\/i-",
  "KALI",
  "kali",
  "AccessDenied",
  "false",
  "null",
  "\\u0052oot",
);

function textsOf(hint: Hint, context: DetectionContext): string[] {
  return [...hint.texts, ...("own" in hint && hint.own ? hint.own(context) : [])];
}

/** Whether a hint holds for a parsed record, which the reader must not miss. */
function holds(hint: Hint, record: CloudTrailRecord, context: DetectionContext): boolean {
  const value = record[hint.field];
  const json = JSON.stringify(value) ?? "";
  const mayHide =
    hint.field === "requestParameters" && (typeof value === "string" || /\\\\|omitted/.test(json));
  if (!mayHide && !textsOf(hint, context).some((text) => json.includes(text))) return false;
  const and = "and" in hint ? hint.and : undefined;
  const other = and && record[and.field];
  return typeof other !== "string" || and?.may(other, context) === true;
}

describe("the hints of detections", () => {
  it("exist for each detection on every event, in a field that is searched in every record", () => {
    for (const { id, events, hint } of detections) {
      const isNamed = hint?.field === "requestParameters" || hint?.field === "userIdentity";
      if (events.includes("*")) expect(hint?.field, id).not.be.oneOf([undefined, "requestParameters"]);
      else expect(hint === undefined || isNamed, id).equal(true);
      for (const text of hint?.texts ?? [""]) expect(text.length > 0, id).equal(hint !== undefined);
      expect(hint === undefined || hint.texts.length > 0 || "own" in hint, id).equal(true);
    }
  });

  for (const { id, hint, match } of detections) {
    if (hint === undefined) continue;
    const cases = readCases().find(({ path }) => path.endsWith(`/${id}`))?.cases;
    const hits = cases?.hits ?? [];
    const contextOf = ({ context }: Pick<Case, "context">): DetectionContext => ({
      ...emptyContext,
      allowedRegions: ["eu-*"],
      account,
      ...context,
    });

    describe(id, () => {
      it("holds for every record that the detection matches, in all cases", () => {
        const matched = allCases.filter(({ record, ...one }) => {
          const context = contextOf(one);
          if (match(record, context) === undefined) return false;
          expect(holds(hint, record, context), JSON.stringify(record)).equal(true);
          return true;
        });
        expect(matched.length).greaterThanOrEqual(hits.length);
      });

      it("holds for every record that the detection matches, however it was generated", () => {
        let matched = 0;
        // One case with some fields of another, or mangled, or with a field spelled differently.
        const made = fc
          .tuple(
            fc.constantFrom(...hits),
            fc.constantFrom(...allCases),
            fc.subarray(Object.keys(hits[0]?.record ?? {})),
          )
          .chain(([one, other, fields]) => {
            const mixed: CloudTrailRecord = { ...one.record };
            for (const field of fields) mixed[field] = other.record[field];
            const records = fc.oneof(
              fc.constant(one.record),
              fc.constant(mixed),
              mangledFrom(one.record),
              fc
                .tuple(fc.constantFrom(...fields, hint.field), spellings)
                .map(([field, text]) => ({ ...mixed, [field]: text })),
            );
            return records.map((record) => ({ record, context: contextOf(one) }));
          });
        fc.assert(
          fc.property(made, ({ record, context }) => {
            if (match(record, context) === undefined) return;
            matched++;
            expect(holds(hint, record, context)).equal(true);
          }),
          { numRuns: 2000 },
        );
        expect(matched).greaterThan(200);
      });

      it("makes the reader pass on every case that is a hit, and skip one without it", async () => {
        const read = createReadInflatedLogFile(wantedOf([detection(id)], contextOf(hits[0] ?? {})), {
          maxInflatedBytes: 1e9,
          maxRecordBytes: 1e8,
        });
        const records = [...hits.map(({ record }) => record), { ...hits[0]?.record, [hint.field]: {} }];
        const handedOn: unknown[] = [];
        const file = async function* () {
          yield Buffer.from(JSON.stringify({ Records: records }));
        };
        await read("the cases", file(), { record: (record) => handedOn.push(record) });
        expect(handedOn).deep.equal(hits.map(({ record }) => record));
      });
    });
  }
});

function detection(id: string) {
  return detections.find((one) => one.id === id) as (typeof detections)[number];
}
