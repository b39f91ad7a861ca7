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

/** Everything configured, so that no branch is skipped for lack of a list. */
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

/** Everything a detection is asked about a record, whatever its outcome or event. */
function askAll(record: CloudTrailRecord): unknown[] {
  return detections.map((detection) => [
    detection.match(record, fullContext),
    detection.asks?.(record, fullContext),
    detection.match(record, fullContext, [record.requestParameters, null, [{ arn: record.eventName }]]),
    detection.burst?.countedBy(record, fullContext),
    detection.burst?.distinct?.(record, fullContext),
    detection.burst?.alone?.(record, fullContext),
  ]);
}

function detect(record: CloudTrailRecord, context: Case["context"] = {}): Hit[] {
  return createDetect({ detections: {}, context: { ...emptyContext, ...context } }, detections)(record);
}

/** The same value with the keys of all its objects in the order given by `key`. */
function reordered(value: unknown, key: (name: string) => number): unknown {
  if (Array.isArray(value)) return value.map((inner) => reordered(inner, key));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => key(a) - key(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, reordered(inner, key)]));
}

/** A burst may count whole parameters, which then differ. */
function withoutValues(hits: Hit[]): unknown {
  return summary(
    hits.map(({ counted, ...hit }) =>
      counted === undefined ? hit : { ...hit, counted: { by: counted.by } },
    ),
  );
}

/** The paths of all fields of a record, and of the objects in it. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    return Array.isArray(value) ? placesIn(inner, here) : [here, ...placesIn(inner, here)];
  });
}

function isOnlyField(record: unknown, place: string[]): boolean {
  const owner = place.slice(0, -1).reduce((value, key) => (value as Record<string, unknown>)[key], record);
  return Object.keys(owner as object).length === 1;
}

/** A record with another value at a path; without it if that is undefined. */
function withValue(value: unknown, [key, ...rest]: string[], other: null | undefined): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  if (rest.length > 0) copy[key] = withValue(copy[key], rest, other);
  else if (other === undefined) delete copy[key];
  else copy[key] = other;
  return copy;
}

/** Evidence may list the keys of an object in their own order, so they are compared as sets. */
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

  it("give the same result for any order of keys", () =>
    fc.assert(
      fc.property(aCase, fc.func(fc.nat()), ({ record, context }, key) => {
        const other = reordered(record, key) as CloudTrailRecord;
        expect(summary(detect(other, context))).deep.equal(summary(detect(record, context)));
      }),
      { numRuns: 1500 },
    ));

  it("treat null as a missing field, as other tools write it", () =>
    fc.assert(
      fc.property(aCase, fc.nat(), ({ record, context }, at) => {
        // In a list, an empty item is no entry at all.
        const places = placesIn(record).filter((place) => !isOnlyField(record, place));
        const place = places[at % places.length] ?? [];
        const missing = withValue(record, place, undefined) as CloudTrailRecord;
        const empty = withValue(record, place, null) as CloudTrailRecord;
        expect(withoutValues(detect(empty, context)), place.join(".")).deep.equal(
          withoutValues(detect(missing, context)),
        );
      }),
      { numRuns: 4000 },
    ));

  it("treat null as what most records do not have", () =>
    fc.assert(
      fc.property(aCase, ({ record, context }) => {
        const unknown = {
          addendum: null,
          additionalEventData: record.additionalEventData ?? null,
          errorCode: record.errorCode ?? null,
          errorMessage: record.errorMessage ?? null,
          sessionCredentialFromConsole: record.sessionCredentialFromConsole ?? null,
          vpcEndpointId: record.vpcEndpointId ?? null,
        };
        const identity = { invokedBy: null, sessionContext: null, userName: null, accessKeyId: null };
        const userIdentity =
          record.userIdentity === undefined ? {} : { userIdentity: { ...identity, ...record.userIdentity } };
        const exported = { ...record, ...unknown, ...userIdentity } as unknown as CloudTrailRecord;
        expect(withoutValues(detect(exported, context))).deep.equal(withoutValues(detect(record, context)));
      }),
      { numRuns: 2000 },
    ));

  it("find as much in what the reader passes on as in all records", async () => {
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

  it("terminate on a policy that would keep a backtracking matcher busy forever", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: Array(200).fill("*") },
      Action: Array(200).fill(`${"*a".repeat(200)}b`),
      Resource: `${"*".repeat(200)}b`,
    };
    const policyDocument = JSON.stringify({ Statement: Array(20).fill(statement) });
    const record = call("iam:PutUserPolicy", { policyDocument });
    // Changes of users count, whatever they contain.
    expect(detect(record).filter(({ counted }) => counted === undefined)).deep.equal([]);
  });
});
