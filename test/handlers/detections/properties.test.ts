import type { DetectionContext } from "../../../handlers/settings";
import { expect } from "chai";
import fc from "fast-check";
import { createReadInflatedLogFile } from "../../../handlers/cloudtrail/reader/index";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createDetect, type Hit } from "../../../handlers/detections/detect";
import { detections } from "../../../handlers/detections/index";
import { wantedOf } from "../../../handlers/detections/wanted";
import { mangledFrom } from "../../support/hostile";
import { account, call, type Case, emptyContext, otherAccount } from "./support/cases";
import { readCases } from "./support/read-cases";

const cases: Case[] = readCases().flatMap(({ cases: { hits, quiet } }) => [...hits, ...quiet]);
const aCase = fc.constantFrom(...cases);

/** Everything configured, so that no branch is passed over for want of a list. */
const fullContext: DetectionContext = {
  account,
  trustedAccounts: [otherAccount],
  trail: { name: "main", arn: `arn:aws:cloudtrail:eu-west-1:${account}:trail/main` },
  logBuckets: ["ours"],
  ownResources: [`arn:aws:sns:eu-west-1:${account}:cloudtrail-logs`],
  automation: ["arn:aws:iam::*:role/deploy"],
  scanners: ["198.51.100.0/24"],
  allowedRegions: ["eu-*"],
  privilegedGroups: ["ops*"],
  ownNetworks: ["203.0.113.0/24", "not a network"],
  protectedLogGroups: ["*"],
  allowedIdentityProviders: ["token.actions.githubusercontent.com"],
  protectedRouteTables: ["rtb-0a1b2c3d"],
  allowedBoundaries: ["*:policy/boundary-*"],
  privilegedPolicies: ["*:policy/god-*"],
  thresholds: {},
};

const mangled = aCase.chain(({ record }) => mangledFrom(record));

/** All that a detection is asked about a record, whatever its outcome or event. */
function askAll(record: CloudTrailRecord): unknown[] {
  return detections.map((detection) => [
    detection.match(record, fullContext),
    detection.burst?.countedBy(record, fullContext),
    detection.burst?.distinct?.(record, fullContext),
    detection.burst?.alone?.(record, fullContext),
  ]);
}

function detect(record: CloudTrailRecord, context: Case["context"] = {}): Hit[] {
  return createDetect({ detections: {}, context: { ...emptyContext, ...context } }, detections)(record);
}

/** The same value with the keys of all its objects in the order that `key` gives. */
function reordered(value: unknown, key: (name: string) => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => reordered(inner, key));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => key(a) - key(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, reordered(inner, key)]));
}

/** Evidence may list the keys of an object in their own order: compared as sets. */
function summary(hits: Hit[]): unknown {
  return hits.map(({ detection, severity, match, counted }) => [
    detection.id,
    severity,
    match.evidence.map(({ parameter, why }) => `${parameter} ${why}`).sort(),
    match.resources.map(({ type, id }) => `${type} ${id}`).sort(),
    match.couldNotInspect,
    counted,
  ]);
}

describe("detections, whatever the record", () => {
  it("never throw on a mangled record, and do not change it", () =>
    fc.assert(
      fc.property(mangled, (record) => {
        const before = JSON.stringify(record);
        askAll(record);
        detect(record);
        expect(JSON.stringify(record)).equal(before);
      }),
      { numRuns: 1500 },
    ));

  it("never throw on any JSON at all", () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        askAll(record as unknown as CloudTrailRecord);
      }),
      { numRuns: 300 },
    ));

  it("say the same for any order of keys", () =>
    fc.assert(
      fc.property(aCase, fc.func(fc.nat()), ({ record, context }, key) => {
        const other = reordered(record, key) as CloudTrailRecord;
        expect(summary(detect(other, context))).deep.equal(summary(detect(record, context)));
      }),
      { numRuns: 1500 },
    ));

  it("find as much in what the reader hands on as in every record", async () => {
    const regions = { allowedRegions: ["eu-*"] };
    const wanted = wantedOf(detections, { ...emptyContext, ...regions });
    const read = createReadInflatedLogFile(wanted, { maxInflatedBytes: 1e9, maxRecordBytes: 1e8 });
    const ask = createDetect({ detections: {}, context: { ...emptyContext, ...regions } }, detections);
    const records = fc.array(
      fc.oneof(
        mangled,
        aCase.map(({ record }) => record),
      ),
      { minLength: 1, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom(0, 1), async (list, indent) => {
        const text = JSON.stringify({ Records: list }, undefined, indent);
        const found: unknown[] = [];
        const chunks = async function* () {
          yield Buffer.from(text);
        };
        await read("a text", chunks(), {
          record: (record, hinted) =>
            void found.push(...ask(record, hinted).flatMap((hit) => summary([hit]))),
        });
        expect(found).deep.equal(
          (JSON.parse(text) as { Records: CloudTrailRecord[] }).Records.flatMap((record) =>
            ask(record).flatMap((hit) => summary([hit])),
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("come to an end on a policy that would keep a backtracking matcher busy for ever", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: Array(200).fill("*") },
      Action: Array(200).fill(`${"*a".repeat(200)}b`),
      Resource: `${"*".repeat(200)}b`,
    };
    const policyDocument = JSON.stringify({ Statement: Array(20).fill(statement) });
    const record = call("iam:PutUserPolicy", { policyDocument });
    expect(detect(record).filter(({ counted }) => counted === undefined)).deep.equal([]);
  });
});
