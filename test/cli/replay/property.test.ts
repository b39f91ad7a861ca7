import { expect } from "chai";
import fc from "fast-check";
import { contentOfBuffer } from "../../../cli/replay/content";
import type { Problem } from "../../../cli/replay/problems";
import { readContent } from "../../../cli/replay/read-content";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Fields } from "../../../handlers/json";
import { aRecord } from "../../support/factories";
import { encodings, wrappers, writers } from "./writers";

/** Texts with everything that has a meaning in one of the forms. */
const text = fc.string({
  unit: fc.constantFrom(
    "a",
    "B",
    "1",
    " ",
    '"',
    "'",
    "\\",
    ",",
    ";",
    "|",
    "\n",
    "\r",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    "=",
    ".",
    "é",
    "€",
    "🚨",
    "-",
    "#",
  ),
  maxLength: 12,
});
const name = fc.string({
  unit: fc.constantFrom("a", "B", "c", "1", " ", '"', "\\", "é"),
  minLength: 1,
  maxLength: 6,
});
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
}));

const record = fc.record(
  {
    eventName: fc.constantFrom("StopLogging", "ListUsers", "PutBucketPolicy"),
    userAgent: text.map((agent) => `agent ${agent}.`),
    requestParameters: fc.oneof(fc.constant(null), fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 })),
    responseElements: fc.oneof(fc.constant(null), fc.dictionary(name, value, { minKeys: 1, maxKeys: 3 })),
    errorCode: fc.constantFrom("AccessDenied", "Client.UnauthorizedOperation"),
    readOnly: fc.boolean(),
  },
  { requiredKeys: ["eventName", "userAgent", "requestParameters", "responseElements"] },
);

const records = fc.array(record, { minLength: 1, maxLength: 5 }).map((own) =>
  own.map((fields, index) =>
    aRecord({
      ...fields,
      eventID: `0f0e0d0c-0000-4000-8000-00000000000${index}`,
    } as Partial<CloudTrailRecord>),
  ),
);

/** Forms in which keys with dots, or empty objects, are ambiguous. */
const ambiguous = ["Splunk's fields"];
const exact = writers.filter(({ form, isLossy }) => isLossy !== true && !ambiguous.includes(form));

/** Some forms omit fields that are empty in a record. */
function withoutNothing(all: CloudTrailRecord[]): Fields[] {
  return all.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name, own]) => own !== null && !name.startsWith("p_"))),
  );
}

async function read(bytes: Uint8Array) {
  const found: CloudTrailRecord[] = [];
  const problems: Problem[] = [];
  await readContent(contentOfBuffer("data", Buffer.from(bytes)), true, {
    record: (one) => found.push(one),
    object: () => {},
    problem: (problem) => problems.push(problem),
    readLogFile: () => Promise.resolve(false),
  });
  return { found, problems: problems.filter(({ kind }) => kind !== "note") };
}

describe("any records in any form", () => {
  it("come out as they went in", async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom(...exact),
        fc.option(fc.constantFrom(...Object.values(encodings))),
        fc.array(fc.constantFrom(...Object.keys(wrappers)), { maxLength: 3 }),
        async (own, { write }, encode, around) => {
          const plain = write(own);
          let bytes: Uint8Array = encode === null ? Buffer.from(plain) : encode(String(plain));
          for (const wrapper of around) bytes = (wrappers[wrapper] as (typeof wrappers)[string])(bytes);
          const { found, problems } = await read(bytes);
          expect(problems).deep.equal([]);
          expect(withoutNothing(found)).deep.equal(withoutNothing(own));
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
