import { objectsOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import type { Evidence } from "../detection";
import { valueAt } from "./evidence";
import { isOwnOrTrusted } from "./principal";

/** Grants of an ACL to somebody outside. */
export interface OutsideGrants {
  evidence: Evidence[];
  /** Whether everybody, or everybody with an AWS account, is among them. */
  isPublic: boolean;
  /** Whether one is certainly an outsider: a header does not say who the owner is. */
  isCertain: boolean;
}

const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
const publicGroup = /acs\.amazonaws\.com\/groups\/global\/(?:AllUsers|AuthenticatedUsers)/i;
const policy = "requestParameters.AccessControlPolicy";
const grants = `${policy}.AccessControlList.Grant`;

/**
 * The account from which CloudFront delivers its access logs.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
const ofAws = ["c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"];

/** What the parameters of every call contain that grants something by an ACL. */
export const aclHints = ["public-read", "authenticated-read", "-grant-", "-Grant-", "Grantee"];

/**
 * What a call grants by an ACL to everybody, or to an account that is neither the owner nor trusted: in a canned ACL, in
 * headers, or in a list.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export function grantedOutside(record: CloudTrailRecord, context: DetectionContext): OutsideGrants {
  const toEveryone = [...cannedAcls(record), ...headers(record, publicGroup), ...listedGroups(record)];
  const byHeader = strangersInHeaders(record, context);
  const byList = listedStrangers(record, context);
  return {
    evidence: [...toEveryone, ...byList, ...byHeader],
    isPublic: toEveryone.length > 0,
    isCertain: toEveryone.length > 0 || byList.length > 0,
  };
}

/** `x-amz-acl`, which is text or a list with one text. */
function cannedAcls(record: CloudTrailRecord): Evidence[] {
  return textsOf(valueAt(record, "requestParameters.x-amz-acl"))
    .filter((acl) => publicAcls.includes(acl))
    .map((acl) => ({ parameter: "requestParameters.x-amz-acl", value: acl }));
}

/** `x-amz-grant-read: uri="http://acs.amazonaws.com/groups/global/AllUsers"` and the like. */
function headers(record: CloudTrailRecord, pattern: RegExp): Evidence[] {
  return Object.entries(fieldsOf(record.requestParameters))
    .filter(([name]) => name.toLowerCase().startsWith("x-amz-grant-"))
    .flatMap(([name, value]) =>
      textsOf(value)
        .filter((text) => pattern.test(text))
        .map((text) => ({ parameter: `requestParameters.${name}`, value: text })),
    );
}

function strangersInHeaders(record: CloudTrailRecord, context: DetectionContext): Evidence[] {
  return headers(record, /\b(?:id|emailAddress)\s*=/i).flatMap((evidence) => {
    const strangers = granteesIn(String(evidence.value)).filter((one) => isStranger(one, undefined, context));
    return strangers.length === 0
      ? []
      : [{ ...evidence, why: `grants ${strangers.join(", ")}, unless that is the owner` }];
  });
}

/** The canonical users and e-mail addresses in a header: `id="0a1b…", emailAddress="a@example.com"`. */
export function granteesIn(header: string): string[] {
  return [...header.matchAll(/\b(?:id|emailAddress)\s*=\s*"?([^",\s]+)"?/gi)].map(([, one = ""]) => one);
}

function listedGroups(record: CloudTrailRecord): Evidence[] {
  return objectsOf(valueAt(record, grants)).flatMap(({ Grantee, Permission }, index) => {
    const uri = textOf(fieldsOf(Grantee).URI);
    if (uri === undefined || !publicGroup.test(uri)) return [];
    return [{ parameter: `${grants}[${index}].Grantee.URI`, value: uri, why: gets(Permission) }];
  });
}

function listedStrangers(record: CloudTrailRecord, context: DetectionContext): Evidence[] {
  const owner = textOf(valueAt(record, `${policy}.Owner.ID`));
  return objectsOf(valueAt(record, grants)).flatMap(({ Grantee, Permission }, index) =>
    ["ID", "EmailAddress"].flatMap((field) => {
      const grantee = textOf(fieldsOf(Grantee)[field]);
      if (grantee === undefined || !isStranger(grantee, owner, context)) return [];
      const why = `is another account, and ${gets(Permission)}`;
      return [{ parameter: `${grants}[${index}].Grantee.${field}`, value: grantee, why }];
    }),
  );
}

function isStranger(grantee: string, owner: string | undefined, context: DetectionContext): boolean {
  return grantee !== "" && grantee !== owner && !ofAws.includes(grantee) && !isOwnOrTrusted(grantee, context);
}

function gets(permission: unknown): string {
  return `gets ${textOf(permission) ?? "a permission"}`;
}
