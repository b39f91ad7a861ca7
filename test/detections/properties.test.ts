import { expect } from "chai";
import fc from "fast-check";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { createDetect, type Hit, wantedOf } from "../../handlers/detections/detect";
import type { DetectionContext } from "../../handlers/detections/detection";
import { detections } from "../../handlers/detections/index";
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

/** What nobody expects in a record, and JSON can hold. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    "",
    "*",
    "arn:",
    "arn:aws:iam::*:root",
    "::/0",
    "{",
    "%E0%A4%A",
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    [],
    {},
    [[]],
    [null],
    { items: null },
    { items: [null, 1, "x", { items: {} }] },
    { omitted: true },
    { omitted: true, reason: { toString: 1 } },
    { toString: 1, valueOf: 1 },
    { length: 3 },
    { content: { content: {} } },
    { Statement: [null, { Effect: { toString: 1 }, Principal: [[{}]], Condition: { StringEquals: [{}] } }] },
    JSON.parse('{"__proto__": {"type": "Root"}, "constructor": "x", "hasOwnProperty": 1}'),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The paths of all values in a JSON value. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** The record with another value at a path, or with none there. */
function withValueAt(record: CloudTrailRecord, path: (string | number)[], value: unknown): CloudTrailRecord {
  const copy = structuredClone(record);
  const last = path.at(-1);
  if (last === undefined) return copy;
  let parent = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const mangled = aCase.chain(({ record }) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(record)), fc.option(hostile, { nil: undefined })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) =>
      changes.reduce((changed, [path, value]) => {
        // An earlier change may have taken the path away.
        try {
          return withValueAt(changed, path, value);
        } catch {
          return changed;
        }
      }, record),
    ),
);

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

  it("match no record that the reader would pass over", () => {
    for (const { record, context } of cases) {
      const configured = { ...emptyContext, ...context };
      const wanted = wantedOf(detections, configured);
      const hits = detect(record, context);
      if (hits.length === 0) continue;
      const json = JSON.stringify(record);
      const isByName = hits.some(({ detection }) => !detection.events.includes("*"));
      expect(isByName || wanted.hints.some((hint) => json.includes(hint)), json).equal(true);
    }
  });

  it("need one of their own hints, when they are about every event", () =>
    fc.assert(
      fc.property(
        fc.oneof(
          mangled,
          aCase.map(({ record }) => record),
        ),
        (record) => {
          const json = JSON.stringify(record);
          if (json.includes("\\")) return;
          for (const { detection } of detect(record, { allowedRegions: ["eu-*"] }))
            if (detection.hints !== undefined)
              expect(
                detection.hints.some((hint) => json.includes(hint)),
                `${detection.id} ${json}`,
              ).equal(true);
        },
      ),
      { numRuns: 1500 },
    ));

  it("come to an end on a policy that would keep a backtracking matcher busy for ever", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: Array(200).fill("*") },
      Action: Array(200).fill(`${"*a".repeat(200)}b`),
      Resource: `${"*".repeat(200)}b`,
    };
    const policyDocument = JSON.stringify({ Statement: Array(20).fill(statement) });
    const record = call("iam:PutUserPolicy", { policyDocument });
    expect(detect(record)).deep.equal([]);
  });
});
