import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf, given } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { objectsOf, textsOf } from "../../cloudtrail/parameters";
import { granteesIn } from "../../detections/readers/acl";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/** A grant as S3 describes it. */
interface Grant {
  Grantee?: { URI?: string; ID?: string };
  Permission?: string;
}

const everyone = "AllUsers";
const everyAccount = "AuthenticatedUsers";

/**
 * What a canned ACL, which is short for a list of grants, grants to public groups.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
const cannedGrants: Record<string, string[]> = {
  "public-read": [`${everyone} READ`],
  "public-read-write": [`${everyone} READ`, `${everyone} WRITE`],
  "authenticated-read": [`${everyAccount} READ`],
};

/**
 * Removes from the ACL of the bucket or object what the event granted to everybody, to everybody with an AWS account, or to
 * another account. The owner's grants, grants that the event did not make, and the public access block stay. Grants of a
 * bucket's baseline that the event overwrote are restored, unless they were to everybody.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html
 */
export const fixS3BucketAclPublic: Remediation = {
  id: "s3-bucket-acl-public",
  reads: ["s3:GetBucketAcl", "s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  writes: ["s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
  baselines: ["bucketAcl"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan> {
    const isObject = nameOf(finding.record) === "PutObjectAcl";
    const asked = requested(finding, isObject ? ["bucketName", "key"] : ["bucketName"]);
    if ("outcome" in asked) return asked;
    const { bucketName: Bucket, key } = asked.values as { bucketName: string; key?: string };
    const parameters = fieldsOf(finding.record.requestParameters);
    const target = given({
      Bucket,
      Key: key,
      VersionId: isObject ? textOf(parameters.versionId) : undefined,
    });
    const what = isObject ? `the object ${Bucket}/${key}` : `the bucket ${Bucket}`;
    const call = callsTo("s3", regionOf(finding));
    const kind = isObject ? "Object" : "Bucket";
    const live = await unlessGone(aws(call(`Get${kind}Acl`, target)), [
      "NoSuchBucket",
      "NoSuchKey",
      "NoSuchVersion",
    ]);
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const owner = textOf(fieldsOf(live.Owner).ID);
    const granted = finding.match.evidence
      .flatMap(({ parameter, value }) => grantsOf(parameter, value, finding))
      .filter((name) => owner === undefined || !name.startsWith(`${owner} `));
    const grants = listOf(live.Grants) as Grant[];
    const known = [owner, ...granteesOfEvent(finding)];
    const kept =
      nameOf(finding.record) === "PutBucketAcl"
        ? await baselineFor(context, baselineKinds.bucketAcl, regionOf(finding), Bucket)
        : undefined;
    const before = kept === undefined ? undefined : (listOf(kept.GetBucketAcl?.Grants) as Grant[]);
    const isFromBefore = (grant: Grant) => hasGrant(before ?? [], grant);
    const left = grants.filter(
      (grant) =>
        isFromBefore(grant) ||
        (!granted.includes(nameOfGrant(grant)) &&
          // S3 stores a grantee named by e-mail as a canonical user, whom the event does not name otherwise.
          (known.includes(grant.Grantee?.ID) || !granted.includes(`${byEmail} ${grant.Permission}`))),
    );
    if (left.length === grants.length) return alreadyOk(`${what} has none of the grants that the event made`);
    // A call sets all grants at once. Those to everybody are not restored: that would reopen what the fix closes.
    const missing = (before ?? []).filter(
      (grant) => !hasGrant(grants, grant) && groupIn(grant.Grantee?.URI) === undefined,
    );
    const put = (Grants: Grant[]) =>
      call(`Put${kind}Acl`, { ...target, AccessControlPolicy: { Grants, Owner: live.Owner } });
    const taken = grants.filter((grant) => !left.includes(grant)).map(nameOfGrant);
    const back = missing.length === 0 ? "" : `, and restore ${missing.map(nameOfGrant).join(", ")}`;
    const plan: Plan = {
      summary: `Remove ${taken.join(", ")} from the ACL of ${what}${back}`,
      calls: [put([...left, ...missing])],
      rollback: [put(grants)],
    };
    return before === undefined && nameOf(finding.record) !== "CreateBucket"
      ? { ...plan, leaves: `no baseline shows which other grants ${what} had before` }
      : plan;
  },
};

function hasGrant(grants: Grant[], { Grantee, Permission }: Grant): boolean {
  return grants.some(
    (one) =>
      one.Permission === Permission && one.Grantee?.ID === Grantee?.ID && one.Grantee?.URI === Grantee?.URI,
  );
}

/** Stands for a grantee named by e-mail. */
const byEmail = "e-mail";

/** `AllUsers READ`, `0a1b… READ`; for a grant to another group, something that no evidence says. */
function nameOfGrant({ Grantee, Permission }: Grant): string {
  return `${groupIn(Grantee?.URI) ?? Grantee?.ID ?? ""} ${Permission}`;
}

/** The canonical users whom the event names, in its list and in its headers. */
function granteesOfEvent({ record }: Finding): string[] {
  const request = fieldsOf(record.requestParameters);
  const list = fieldsOf(fieldsOf(request.AccessControlPolicy).AccessControlList);
  return [
    ...objectsOf(list.Grant).flatMap(({ Grantee }) => textOf(fieldsOf(Grantee).ID) ?? []),
    ...Object.entries(request)
      .filter(([name]) => name.toLowerCase().startsWith("x-amz-grant-"))
      .flatMap(([, value]) => textsOf(value).flatMap(granteesIn)),
  ];
}

/** What one piece of evidence says was granted: a canned ACL, an `x-amz-grant-*` header, a grantee in a list. */
function grantsOf(parameter: string, value: unknown, { record }: Finding): string[] {
  if (parameter.endsWith(".x-amz-acl")) return cannedGrants[plainTextOf(value)] ?? [];
  const header = /\.x-amz-grant-([a-z-]+)$/i.exec(parameter)?.[1];
  if (header !== undefined) {
    const permission = header.toUpperCase().replace("-", "_");
    const text = plainTextOf(value);
    const named = granteesIn(text).map((one) => (one.includes("@") ? byEmail : one));
    return [...groupsIn(text), ...named].map((grantee) => `${grantee} ${permission}`);
  }
  const [, number, field] = /\.Grant\[(\d+)\]\.Grantee\.(URI|ID|EmailAddress)$/.exec(parameter) ?? [];
  const index = Number(number);
  const list = fieldsOf(fieldsOf(fieldsOf(record.requestParameters).AccessControlPolicy).AccessControlList);
  // As counted by the detection.
  const grant = fieldsOf(objectsOf(list.Grant)[index]);
  const grantee = { URI: groupsIn(plainTextOf(value)), ID: [plainTextOf(value)], EmailAddress: [byEmail] };
  const grantees = field === undefined ? [] : grantee[field as keyof typeof grantee];
  return grantees.map((one) => `${one} ${plainTextOf(grant.Permission)}`);
}

function groupsIn(text: string): string[] {
  return [everyone, everyAccount].filter((group) =>
    text.toLowerCase().includes(`acs.amazonaws.com/groups/global/${group.toLowerCase()}`),
  );
}

function groupIn(uri: string | undefined): string | undefined {
  return groupsIn(uri ?? "")[0];
}

/** Buckets of any region can be created at the endpoint of us-east-1. */
function regionOf({ record, region }: Finding): string {
  const configuration = fieldsOf(fieldsOf(record.requestParameters).CreateBucketConfiguration);
  const location = textOf(configuration.LocationConstraint) ?? "";
  // A name from before there were regions.
  if (location === "EU") return "eu-west-1";
  return location === "" ? region : location;
}
