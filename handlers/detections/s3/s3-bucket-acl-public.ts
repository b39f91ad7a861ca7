import { uninspected } from "../readers/uninspected";
import { fieldsOf, textOf } from "../../json";
import { type CloudTrailRecord } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { objectsOf, textsOf } from "../../cloudtrail/parameters";

const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
const publicGroup = /acs\.amazonaws\.com\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/i;
const grants = "requestParameters.AccessControlPolicy.AccessControlList.Grant";

export const s3BucketAclPublic: Detection = {
  id: "s3-bucket-acl-public",
  title: "Bucket or object ACL made public",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "core",
  events: ["s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObjectAcl"],
  remediation: "inverse",
  match(record) {
    const evidence = [...cannedAcls(record), ...grantHeaders(record), ...grantees(record)];
    if (evidence.length === 0) return uninspected(record);
    const bucket = textOf(valueAt(record, "requestParameters.bucketName"));
    const key = textOf(valueAt(record, "requestParameters.key"));
    return {
      evidence,
      resources: [
        ...resourcesOf("AWS::S3::Bucket", bucket),
        ...(bucket === undefined || key === undefined
          ? []
          : resourcesOf("AWS::S3::Object", `${bucket}/${key}`)),
      ],
    };
  },
  runbook: [
    "Set the ACL back to private and switch on the bucket's public access block, which makes public ACLs ineffective.",
    "Turn ACLs off altogether (object ownership: bucket owner enforced) if nothing needs them.",
    "See from the access log what strangers listed and read while it was open; with write access, what they left there.",
  ],
  falsePositives: [
    "Files that are meant for everybody, where the public access block is on: then the ACL has no effect.",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  ],
};

/** `x-amz-acl`, which is text or a list with one text. */
function cannedAcls(record: CloudTrailRecord): Evidence[] {
  return textsOf(valueAt(record, "requestParameters.x-amz-acl"))
    .filter((acl) => publicAcls.includes(acl))
    .map((acl) => ({ parameter: "requestParameters.x-amz-acl", value: acl }));
}

/** `x-amz-grant-read: uri="http://acs.amazonaws.com/groups/global/AllUsers"` and its like. */
function grantHeaders(record: CloudTrailRecord): Evidence[] {
  return Object.entries(fieldsOf(record.requestParameters))
    .filter(([name]) => name.toLowerCase().startsWith("x-amz-grant-"))
    .flatMap(([name, value]) =>
      textsOf(value)
        .filter((text) => publicGroup.test(text))
        .map((text) => ({ parameter: `requestParameters.${name}`, value: text })),
    );
}

function grantees(record: CloudTrailRecord): Evidence[] {
  return objectsOf(valueAt(record, grants)).flatMap((grant, index) => {
    const uri = textOf(fieldsOf(grant.Grantee).URI);
    if (uri === undefined || !publicGroup.test(uri)) return [];
    return [
      {
        parameter: `${grants}[${index}].Grantee.URI`,
        value: uri,
        why: `gets ${textOf(grant.Permission) ?? "a permission"}`,
      },
    ];
  });
}
