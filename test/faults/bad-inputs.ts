import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Random } from "../../bench/random";
import { fuzzedLogFile } from "../../bench/fuzz/log-file-text";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { account, aRecord, someSettings } from "../support/factories";
import { hostile, pathsOf, withValueAt } from "../support/hostile";
import { readCases } from "../handlers/detections/support/read-cases";

/** Something bad, and what is good and stands beside it. */
export interface BadInput {
  kind: string;
  /** Log files by name: the bytes of each object. */
  files: Record<string, Buffer>;
  /** The event of SNS. */
  event: unknown;
  /** Whether the good record has to be found all the same. */
  hasGood: boolean;
}

const { bucket, prefix } = someSettings();

export const keyOf = (name: string) => `${prefix}CloudTrail/us-west-2/2026/05/04/${name}.json.gz`;

/** A record that has to be found whatever stands beside it: each by somebody else, about somebody else. */
export function goodRecord(seed: number): CloudTrailRecord {
  const userName = `good-${seed}`;
  return aRecord({
    eventID: goodEventID(seed),
    userIdentity: {
      type: "IAMUser",
      principalId: `AIDA${seed}`,
      arn: `arn:aws:iam::${account}:user/${userName}`,
      accountId: account,
      userName,
    },
    requestParameters: { userName, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  });
}

export const goodEventID = (seed: number) => `${String(seed).padStart(8, "0")}-600d-4000-8000-000000000000`;

/** What hides, turns text around, breaks lines, or is too much. */
const odd: unknown[] = [
  "\u202ereversed",
  "zero\u200bwidth",
  "nul\u0000",
  "line\nbreak",
  "line\u2028separator",
  "\u001b[31mred\u001b[0m",
  "\ud800",
  "\udc00\ud800",
  "\u{e0001}\u{e0041}",
  "\ufeff",
  "=cmd|' /C calc'!A0",
  "https://evil.example/?a=1",
  "'; touch /tmp/owned; '",
  "../../../etc/passwd",
  "file:///etc/passwd",
  "breaker",
  "switch",
  "lock#x",
  "x".repeat(100_000),
  "\u{1f600}".repeat(20_000),
  "\u4e00".repeat(40_000),
  "\u200b".repeat(30_000),
  Array.from({ length: 5_000 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`key-${index}`, "value"])),
  Array.from({ length: 3_000 }).reduce<unknown>((inner) => ({ a: inner }), "deep"),
  Number.MAX_SAFE_INTEGER,
  -0.5,
  1e-320,
  "9999-99-99T99:99:99Z",
  "1970-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "2026-05-04T10:00:00.000+25:00",
];
const pool = [...odd, ...odd, ...fc.sample(hostile, { numRuns: 400, seed: 7 })];

/** The records of all cases, and the paths of their values. */
const records = readCases().flatMap(({ cases }) =>
  [...cases.hits, ...cases.quiet].map(({ record }) => ({
    record,
    paths: pathsOf(record).filter(({ length }) => length > 0),
  })),
);

/** A record with one to three of its values gone, odd or hostile. */
function badRecord(random: Random): unknown {
  const { record: sound, paths } = random.pick(records);
  let record = sound;
  for (let changes = random.pick([1, 1, 1, 2, 3]); changes > 0; changes--) {
    const path = random.pick(paths);
    try {
      record = withValueAt(record, path, random.chance(0.15) ? undefined : random.pick(pool));
    } catch {
      // An earlier change may have taken the path away.
    }
  }
  return record;
}

const sns = (Message: unknown) => ({ EventSource: "aws:sns", Sns: { Message, MessageId: "m-1" } });
const notification = (...names: string[]) =>
  JSON.stringify({ s3Bucket: bucket, s3ObjectKey: names.map(keyOf) });
const logFile = (...all: unknown[]) => gzipSync(JSON.stringify({ Records: all }), { level: 1 });

/** Bad records beside a good one, in one log file. */
function withBadRecords(seed: number, random: Random): BadInput {
  const bad = Array.from({ length: 1 + random.below(3) }, () => badRecord(random));
  const all = [...bad, goodRecord(seed)];
  if (random.chance(0.5)) all.reverse();
  return {
    kind: "records",
    files: { file: logFile(...all) },
    event: { Records: [sns(notification("file"))] },
    hasGood: true,
  };
}

/** Bytes that somebody else wrote, or that broke. */
function badFile(seed: number, random: Random): Buffer {
  const sound = () => logFile(badRecord(random), goodRecord(seed));
  const json = (value: unknown) => gzipSync(JSON.stringify(value) ?? "undefined", { level: 1 });
  const ways: (() => Buffer)[] = [
    () => gzipSync(fuzzedLogFile(seed).bytes, { level: 1 }),
    () => fuzzedLogFile(seed).bytes,
    () => {
      const whole = sound();
      return whole.subarray(0, random.below(whole.length));
    },
    () => {
      const bytes = Buffer.from(sound());
      for (let flips = 1 + random.below(4); flips > 0; flips--)
        bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    },
    () => Buffer.concat([sound(), Buffer.from(random.pick(["x", "\u0000", "\u001f\u008b"]))]),
    () => Buffer.alloc(0),
    () => json(random.pick(pool)),
    () => json({ Records: random.pick(pool) }),
    () => json({ Records: [random.pick(pool), random.pick(pool)] }),
    () => json({ records: [badRecord(random)] }),
    () => gzipSync(`{"Records":[${"[".repeat(10_000)}${"]".repeat(10_000)}]}`, { level: 1 }),
    // A bomb.
    () => gzipSync(`{"Records":[{"a":"${" ".repeat(random.pick([1_000_000, 5_000_000]))}"}]}`, { level: 1 }),
  ];
  return random.pick(ways)();
}

function withBadFiles(seed: number, random: Random): BadInput {
  const files: Record<string, Buffer> = { good: logFile(goodRecord(seed)) };
  for (let index = 1 + random.below(2); index > 0; index--) files[`bad-${index}`] = badFile(seed, random);
  // One that is named, and not there.
  const missing = random.chance(0.1) ? ["missing"] : [];
  return {
    kind: "log files",
    files,
    event: { Records: [sns(notification(...Object.keys(files), ...missing))] },
    hasGood: true,
  };
}

function badMessage(random: Random): unknown {
  const text = () => JSON.stringify(random.pick(pool)) ?? "";
  const keys = [
    "../x.json.gz",
    `${prefix}CloudTrail/../../x.json.gz`,
    `${prefix}CloudTrail-Digest/a.json.gz`,
    `${prefix}CloudTrail/a.json`,
    "x".repeat(2_000),
    "\u202e.json.gz",
    "",
  ];
  return random.pick<() => unknown>([
    () => random.pick(pool),
    text,
    () => text().slice(0, random.below(50)),
    () => JSON.stringify({ s3Bucket: random.pick(pool), s3ObjectKey: [keyOf("good")] }),
    () => JSON.stringify({ s3Bucket: bucket, s3ObjectKey: random.pick(pool) }),
    () => JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [random.pick(keys), random.pick(pool)] }),
    () =>
      JSON.stringify({ s3Bucket: bucket, s3ObjectKey: Array.from({ length: 300 }, () => random.pick(keys)) }),
    () => JSON.stringify({ Records: [random.pick(pool)] }),
    () =>
      JSON.stringify({ Records: [{ s3: { bucket: { name: bucket }, object: { key: random.pick(pool) } } }] }),
    () => JSON.stringify({ Records: [{ s3: { bucket: { name: bucket }, object: { key: "%E0%A4%A" } } }] }),
    () => "CloudTrail validation message.",
    () => JSON.stringify({ Service: "Amazon S3", Event: random.pick(pool) }),
  ])();
}

/** Notifications that are none, beside one that is. */
function withBadNotifications(seed: number, random: Random): BadInput {
  const entries = [sns(badMessage(random)), sns(notification("good"))];
  if (random.chance(0.5)) entries.reverse();
  return {
    kind: "notifications",
    files: { good: logFile(goodRecord(seed)) },
    event: { Records: entries },
    hasGood: true,
  };
}

function withBadEvent(seed: number, random: Random): BadInput {
  const files = { good: logFile(goodRecord(seed)) };
  const good = sns(notification("good"));
  const bad = (event: unknown): BadInput => ({ kind: "events", files, event, hasGood: false });
  const beside = (...entries: unknown[]): BadInput => ({
    kind: "events",
    files,
    event: { Records: entries },
    hasGood: true,
  });
  const value = random.pick(pool);
  return random.pick([
    () => bad(value),
    () => bad({ Records: value }),
    () => bad({ cloudtrailer: value }),
    () => bad({ cloudtrailer: "keep-baselines", at: value }),
    () => beside(value, good),
    () => beside(good, { Sns: value }),
    () => beside({ Sns: { Message: value, MessageId: value } }, good),
    () => beside(good, { EventSource: value, Sns: { MessageId: value } }),
  ])();
}

/** A bad input, always the same for the same seed. */
export function badInput(seed: number, random: Random): BadInput {
  const chance = random.next();
  if (chance < 0.6) return withBadRecords(seed, random);
  if (chance < 0.8) return withBadFiles(seed, random);
  return chance < 0.9 ? withBadNotifications(seed, random) : withBadEvent(seed, random);
}
