import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf, given } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { objectsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/** A grant as S3 describes it. */
interface Grant {
  Grantee?: { URI?: string };
  Permission?: string;
}

const everyone = "AllUsers";
const everyAccount = "AuthenticatedUsers";

/**
 * What a canned ACL, which is short for a list of grants, gives to groups that anybody is in.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
const cannedGrants: Record<string, string[]> = {
  "public-read": [`${everyone} READ`],
  "public-read-write": [`${everyone} READ`, `${everyone} WRITE`],
  "authenticated-read": [`${everyAccount} READ`],
};

/**
 * Takes out of the ACL of the bucket or object what the event granted to everybody, or to everybody with an AWS account.
 * The owner's and other accounts' grants stay, and the public access block stays as it is.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html
 */
export const fixS3BucketAclPublic: Remediation = {
  id: "s3-bucket-acl-public",
  reads: ["s3:GetBucketAcl", "s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  writes: ["s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
  async plan(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
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
    const granted = finding.match.evidence.flatMap(({ parameter, value }) =>
      grantsOf(parameter, value, finding),
    );
    const grants = listOf(live.Grants) as Grant[];
    const left = grants.filter((grant) => !granted.includes(nameOfGrant(grant)));
    if (left.length === grants.length) return alreadyOk(`${what} has none of the grants that the event made`);
    const put = (Grants: Grant[]) =>
      call(`Put${kind}Acl`, { ...target, AccessControlPolicy: { Grants, Owner: live.Owner } });
    const taken = grants.filter((grant) => !left.includes(grant)).map(nameOfGrant);
    return {
      summary: `Take ${taken.join(", ")} out of the ACL of ${what}`,
      calls: [put(left)],
      rollback: [put(grants)],
    };
  },
};

/** `AllUsers READ`; for a grant to somebody else, what no evidence says. */
function nameOfGrant({ Grantee, Permission }: Grant): string {
  return `${groupIn(Grantee?.URI) ?? ""} ${Permission}`;
}

/** What one piece of evidence says was granted: a canned ACL, an `x-amz-grant-*` header, a grantee of a list. */
function grantsOf(parameter: string, value: unknown, { record }: Finding): string[] {
  if (parameter.endsWith(".x-amz-acl")) return cannedGrants[plainTextOf(value)] ?? [];
  const header = /\.x-amz-grant-([a-z-]+)$/i.exec(parameter)?.[1];
  if (header !== undefined) {
    const permission = header.toUpperCase().replace("-", "_");
    return groupsIn(plainTextOf(value)).map((group) => `${group} ${permission}`);
  }
  const index = Number(/\.Grant\[(\d+)\]\.Grantee\.URI$/.exec(parameter)?.[1]);
  const list = fieldsOf(fieldsOf(fieldsOf(record.requestParameters).AccessControlPolicy).AccessControlList);
  // As the detection counts them.
  const grant = fieldsOf(objectsOf(list.Grant)[index]);
  return groupsIn(plainTextOf(value)).map((group) => `${group} ${plainTextOf(grant.Permission)}`);
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
  // A name of before there were regions.
  if (location === "EU") return "eu-west-1";
  return location === "" ? region : location;
}
