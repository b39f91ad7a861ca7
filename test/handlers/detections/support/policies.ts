import fc from "fast-check";
import type { DetectionContext } from "../../../../handlers/settings";
import { account, emptyContext, otherAccount } from "./cases";

/** Organizations: this account's, and another one. */
export const ownOrganization = "o-own1234567";
export const otherOrganization = "o-other12345";

/** An account whose organization is configured. */
export const context: DetectionContext = {
  ...emptyContext,
  account,
  organization: { id: ownOrganization, paths: [] },
};

const one = fc.constantFrom;
const some = (values: string[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });

const textOperators = one(
  "StringEquals",
  "StringLike",
  "StringNotEquals",
  "StringNotLike",
  "StringEqualsIgnoreCase",
);
const arnOperators = one("ArnLike", "ArnEquals", "ArnNotLike", "StringLike", "ArnNotEquals");
const ifExists = one("", "", "IfExists");

/** Conditions on the keys that identify somebody, in all forms in which they hold, or do not, if the key is missing. */
const condition = fc.oneof(
  texts("aws:PrincipalAccount", [account, otherAccount, "*"]),
  texts("aws:SourceAccount", [account, otherAccount, "*"]),
  texts("aws:PrincipalOrgID", [ownOrganization, otherOrganization, "o-*"]),
  texts("aws:SourceOrgID", [ownOrganization, otherOrganization, "o-*"]),
  texts("aws:SourceVpce", ["vpce-0a1b2c3d", "*"]),
  arns("aws:PrincipalArn", [
    `arn:aws:iam::${account}:role/*`,
    `arn:aws:iam::${otherAccount}:*`,
    "arn:aws:iam::*:role/admin",
  ]),
  arns("aws:SourceArn", [
    `arn:aws:sns:*:${account}:*`,
    `arn:aws:sns:*:${otherAccount}:*`,
    "arn:aws:sns:*:*:*",
    "arn:aws:s3:::files-*",
    "arn:aws:s3:::ours",
  ]),
  fc
    .tuple(
      one(
        "ForAnyValue:StringLike",
        "ForAnyValue:StringNotLike",
        "ForAllValues:StringLike",
        "ForAllValues:StringNotLike",
      ),
      some([`${ownOrganization}/*`, `${otherOrganization}/*`, "*"]),
    )
    .map(([operator, values]) => [operator, "aws:PrincipalOrgPaths", values] as const),
  fc
    .tuple(one("IpAddress", "NotIpAddress"), ifExists, some(["203.0.113.0/24", "128.0.0.0/1"]))
    .map(([operator, end, values]) => [`${operator}${end}`, "aws:SourceIp", values] as const),
  fc
    .tuple(ifExists, one("aws:PrincipalIsAWSService", "aws:SecureTransport"), one("true", "false"))
    .map(([end, key, value]) => [`Bool${end}`, key, [value]] as const),
  fc
    .tuple(
      one(
        "aws:PrincipalAccount",
        "aws:PrincipalOrgID",
        "aws:SourceVpce",
        "aws:SourceAccount",
        "aws:SourceIp",
      ),
      one("true", "false"),
    )
    .map(([key, value]) => ["Null", key, [value]] as const),
);

function texts(key: string, values: string[]) {
  return fc
    .tuple(textOperators, ifExists, some(values))
    .map(([operator, end, given]) => [`${operator}${end}`, key, given] as const);
}

function arns(key: string, values: string[]) {
  return fc
    .tuple(arnOperators, ifExists, some(values))
    .map(([operator, end, given]) => [`${operator}${end}`, key, given] as const);
}

/** What a key is about: an organization's ID and its paths are two words for one thing. */
function subjectOf(key: string): string {
  return key.replace(/Org(?:ID|Paths)$/, "Org");
}

/** A `Condition` block. */
const conditions = fc
  .uniqueArray(condition, { maxLength: 2, selector: ([, key]) => subjectOf(key) })
  .map((list) => {
    const block: Record<string, Record<string, string[]>> = {};
    for (const [operator, key, values] of list) block[operator] = { ...block[operator], [key]: [...values] };
    return block;
  });

const principal = one<unknown>(
  "*",
  { AWS: "*" },
  { AWS: `arn:aws:iam::${account}:root` },
  { AWS: `arn:aws:iam::${otherAccount}:root` },
  { AWS: [`arn:aws:iam::${account}:root`, `arn:aws:iam::${otherAccount}:root`] },
  { Service: "sns.amazonaws.com" },
);

const allowing = fc.record({ Principal: principal, Condition: conditions }).map((fields) => ({
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::ours/*",
  ...fields,
}));

const denying = fc
  .record({
    Principal: one<unknown>("*", { AWS: `arn:aws:iam::${otherAccount}:root` }),
    Action: one("s3:*", "s3:GetObject", "s3:PutObject"),
    Resource: one("*", "arn:aws:s3:::ours/*", "arn:aws:s3:::theirs/*"),
    Condition: conditions,
  })
  .map((fields) => ({ Effect: "Deny", ...fields }));

/** A policy document. */
export type Document = {
  Version: string;
  Statement: { Effect: string; Principal: unknown; Condition: Record<string, object> }[];
};

/** Policies of a resource that let in an outsider, or do not: one allowing statement, and perhaps one denying. */
export const documents: fc.Arbitrary<Document> = fc
  .tuple(allowing, fc.option(denying, { nil: undefined, freq: 3 }))
  // What a caller may choose to satisfy one condition, the reader does not hold against another.
  .filter(([allow, deny]) => deny === undefined || !keysOf(deny).some((key) => keysOf(allow).includes(key)))
  .map(([allow, deny]) => ({
    Version: "2012-10-17",
    Statement: deny === undefined ? [allow] : [allow, deny],
  }));

const principals = one<unknown>(
  { AWS: ["*", `arn:aws:iam::${otherAccount}:root`] },
  { AWS: ["*", `arn:aws:iam::${account}:root`] },
  { AWS: "*", Service: "sns.amazonaws.com" },
  { AWS: `arn:aws:iam::${account}:root`, Service: ["sns.amazonaws.com", "s3.amazonaws.com"] },
  { AWS: [otherAccount, `arn:aws:iam::${otherAccount}:role/x`], Federated: "accounts.google.com" },
  { AWS: account, Federated: ["accounts.google.com", "*"] },
  { AWS: account, CanonicalUser: "a".repeat(64) },
);

/** One of {@link documents}, or two in one; allowing statements may name principals of several kinds. */
export const largeDocuments: fc.Arbitrary<Document> = fc
  .array(fc.tuple(documents, fc.option(principals)), { minLength: 1, maxLength: 2 })
  .map((list) => ({
    Version: "2012-10-17",
    Statement: list.flatMap(([{ Statement }, Principal]) =>
      Statement.map((statement) =>
        Principal === null || statement.Effect === "Deny" ? statement : { ...statement, Principal },
      ),
    ),
  }));

function keysOf({ Condition }: { Condition: Record<string, object> }): string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys).map(subjectOf));
}
