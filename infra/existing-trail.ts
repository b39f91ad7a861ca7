import type { LogSource } from "../policies/detector-role";
import { type Check, flag, form, optional, type Problem, record, shown } from "./checks";
import { type Names, namings } from "./names";

/** A trail that the stack reads and did not create. */
export interface ExistingTrail {
  arn: string;
  bucket: string;
  bucketAccount?: string;
  bucketRegion?: string;
  prefix?: string;
  topic?: string;
  bucketEvents?: boolean;
  organizationId?: string;
  policyReader?: string;
}

const partition = "aws[a-z-]*";

/** The ARN of a KMS key, which names a region and an account. An alias could be pointed at another key. */
export const checkKmsKey = form(
  "the ARN of a KMS key: arn:aws:kms:us-west-2:111122223333:key/…",
  new RegExp(`^arn:${partition}:kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+$`),
);

const checkFields = record({
  arn: form(
    "the ARN of a trail: arn:aws:cloudtrail:us-east-1:111122223333:trail/main",
    new RegExp(`^arn:${partition}:cloudtrail:[a-z0-9-]+:\\d{12}:trail/[\\w.-]+$`),
  ),
  bucket: namings.bucket.check,
  bucketAccount: optional(form('a 12-digit account ID in quotes: "111122223333"', /^\d{12}$/)),
  bucketRegion: optional(form("a region: us-west-2", /^[a-z]{2,}(?:-[a-z0-9]+)+-\d$/)),
  prefix: optional(
    form(
      "the trail's S3 key prefix, without a slash at its ends",
      /^(?!.*\/\/)[\w!'()*.-](?:[\w!'()*./-]*[\w!'()*.-])?$/,
    ),
  ),
  topic: optional(
    form(
      "the ARN of a topic: arn:aws:sns:us-east-1:111122223333:name",
      new RegExp(`^arn:${partition}:sns:[a-z0-9-]+:\\d{12}:[\\w-]{1,256}$`),
    ),
  ),
  bucketEvents: optional(flag()),
  organizationId: optional(form("an organization ID: o-abcde12345", /^o-[a-z0-9]{10,32}$/)),
  policyReader: optional(
    form(
      "the ARN of a role in the bucket's account",
      new RegExp(`^arn:${partition}:iam::\\d{12}:role/[\\w+=,.@/-]+$`),
    ),
  ),
});

/** An existing trail; an empty object for none. */
export const checkExistingTrail: Check<ExistingTrail | Record<string, never>> = (value, at, report) => {
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return {};
  const trail = checkFields(value, at, report);
  if (trail?.topic === undefined || trail.bucketEvents !== true) return trail;
  report({ key: `${at}.bucketEvents`, expected: "topic or bucketEvents, not both", found: "both" });
  return undefined;
};

/** What the configuration says about the trail; an own one if it says nothing. */
export interface TrailChoice {
  trail?: "own" | "existing";
  existingTrail?: ExistingTrail | Record<string, never>;
}

/** The existing trail, if the stack has none of its own. */
export function existingTrailOf({ trail, existingTrail = {} }: TrailChoice): ExistingTrail | undefined {
  return trail === "existing" && "arn" in existingTrail ? (existingTrail as ExistingTrail) : undefined;
}

/** Which accounts of an organization a stack looks after. */
export interface MembersChoice {
  id?: string;
  accounts?: string[];
  units?: string[];
  exclude?: string[];
}

/** The organization, if the stack looks after other accounts of it. */
export function organizationOfMembers({ id, accounts = [], units = [] }: MembersChoice): string | undefined {
  return accounts.length + units.length === 0 ? undefined : id;
}

/** Where log files are, and what reading them needs; undefined for an own trail without a key. */
export function sourceOf(
  config: TrailChoice & { kmsKey?: string; organization?: MembersChoice },
): LogSource | undefined {
  const existing = existingTrailOf(config);
  const kmsKey = config.kmsKey || undefined;
  const ofMembers = organizationOfMembers(config.organization ?? {});
  if (existing === undefined) {
    if (kmsKey === undefined && ofMembers === undefined) return undefined;
    return { kmsKey, organizationId: ofMembers };
  }
  const { prefix, organizationId, policyReader } = existing;
  return { prefix, organizationId, kmsKey, policyReader };
}

/** What contradicts the choice between an own and an existing trail. */
export function reportWrongTrail(
  given: {
    trail: "own" | "existing";
    existingTrail: ExistingTrail | Record<string, never>;
    dataEvents: unknown[];
    bucketSuffix: string;
    names: Partial<Names>;
  },
  report: (problem: Problem) => void,
): void {
  const isDescribed = Object.keys(given.existingTrail).length > 0;
  if (given.trail === "own") {
    if (isDescribed)
      report({ key: "trail", expected: "`existing` along with `existingTrail`", found: shown(given.trail) });
    return;
  }
  if (!isDescribed)
    report({ key: "existingTrail", expected: "the trail's `arn` and `bucket`", found: "nothing" });
  for (const name of ["trail", "bucket"] as const)
    if (given.names[name] !== undefined)
      report({
        key: `names.${name}`,
        expected: `existingTrail.${name === "trail" ? "arn" : "bucket"} to name it`,
        found: shown(given.names[name]),
      });
  // The rule for the bucket's events has the topic's name; a rule's may have 64 characters.
  if (given.existingTrail.bucketEvents === true && (given.names.logTopic ?? "").length > 64)
    report({
      key: "names.logTopic",
      expected: "at most 64 characters with `bucketEvents`, whose rule has the same name",
      found: shown(given.names.logTopic),
    });
  if (given.bucketSuffix !== "")
    report({
      key: "bucketSuffix",
      expected: "no suffix for an existing bucket",
      found: shown(given.bucketSuffix),
    });
  if (given.dataEvents.length > 0)
    report({
      key: "dataEvents",
      expected: "an own trail (`trail: own`); the owner of an existing one chooses its events",
      found: "an existing one",
    });
}

/** Names of the stack's parts with an existing trail: ARNs where a part may be in another account or region. */
export function namesWithTrail(names: Names, existing: ExistingTrail | undefined): Names {
  if (existing === undefined) return names;
  const { arn, bucket, topic } = existing;
  return { ...names, trail: arn, bucket, ...(topic === undefined ? {} : { logTopic: topic }) };
}

/** What of an existing trail does not fit the stack's place. */
export function misplaced(
  place: { partition: string; region: string; account: string },
  { kmsKey, ...choice }: TrailChoice & { kmsKey: string },
): Problem[] {
  const existing = existingTrailOf(choice);
  const bucketRegion = existing?.bucketRegion ?? place.region;
  const keyRegion = kmsKey.split(":")[3];
  const ofKey: Problem = {
    key: "kmsKey",
    expected: `a key in the bucket's region, ${bucketRegion}`,
    found: shown(keyRegion),
  };
  return [
    ...(kmsKey !== "" && keyRegion !== bucketRegion ? [ofKey] : []),
    ...(existing === undefined ? [] : misplacedTrail(place, existing)),
  ];
}

type Here = Parameters<typeof misplaced>[0];

function misplacedTrail(place: Here, existing: ExistingTrail): Problem[] {
  const { arn, topic, bucketAccount = place.account, bucketRegion = place.region } = existing;
  const foreign = Object.entries({ arn, topic }).filter(
    ([, one]) => one !== undefined && one.split(":")[1] !== place.partition,
  );
  const problems: Problem[] = foreign.map(([name, one]) => ({
    key: `existingTrail.${name}`,
    expected: `an ARN of the stack's partition, ${place.partition}`,
    found: shown(one),
  }));
  if (arn.split(":")[4] !== place.account && existing.organizationId === undefined)
    problems.push({
      key: "existingTrail.organizationId",
      expected: `the organization's ID: a trail of another account records account ${place.account} only as an organization trail`,
      found: "nothing",
    });
  if (existing.bucketEvents === true && (bucketAccount !== place.account || bucketRegion !== place.region))
    problems.push({
      key: "existingTrail.bucketEvents",
      expected:
        `a bucket in account ${place.account} and region ${place.region}, to which S3 sends its events (otherwise leave ` +
        "topic and bucketEvents out: the stack creates a topic that you add to the trail)",
      found: `account ${bucketAccount}, region ${bucketRegion}`,
    });
  return problems;
}
