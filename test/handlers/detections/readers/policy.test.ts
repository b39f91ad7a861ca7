import { expect } from "chai";
import {
  administratorStatementsOf,
  openingsOf,
  publicStatementsOf,
  statementsOf,
} from "../../../../handlers/detections/readers/policy";
import { account, emptyContext, otherAccount } from "../support/cases";

const context = { ...emptyContext, account };
const allow = (Principal: unknown, Condition?: unknown) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "s", Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*", Condition }],
});
const openings = (document: unknown, action?: string) =>
  openingsOf(statementsOf(document), context, action).map(({ to }) => to);

describe("statementsOf", () => {
  const document = allow("*");
  const text = JSON.stringify(document);
  for (const [name, form] of Object.entries({
    "an object": document,
    "JSON text": text,
    "URL-encoded JSON text": encodeURIComponent(text),
    "form-encoded JSON text": encodeURIComponent(JSON.stringify(document, null, 1)).replace(/%20/g, "+"),
    "JSON text in JSON text": JSON.stringify(text),
    "one statement without a list": { Statement: document.Statement[0] },
  }))
    it(`reads ${name}`, () => {
      expect(statementsOf(form).map(({ sid, effect, actions }) => ({ sid, effect, actions }))).deep.equal([
        { sid: "s", effect: "Allow", actions: ["s3:GetObject"] },
      ]);
    });

  for (const form of [
    "",
    "{",
    "%E0%A4%A",
    "null",
    "[]",
    "12",
    null,
    undefined,
    0,
    true,
    [],
    {},
    { Statement: [null, 1] },
  ])
    it(`finds nothing in ${JSON.stringify(form)}`, () => {
      expect(statementsOf(form)).deep.equal([]);
    });
});

describe("openingsOf", () => {
  const everyone: [string, unknown][] = [
    ["a star", "*"],
    ["a star of AWS", { AWS: "*" }],
    ["a star in a list", { AWS: [`arn:aws:iam::${account}:root`, "*"] }],
    ["an ARN that leaves the account open", { AWS: "arn:aws:iam::*:root" }],
  ];
  for (const [name, principal] of everyone)
    it(`sees everyone in ${name}`, () => {
      expect(openings(allow(principal))).deep.equal(["everyone"]);
    });

  const foreign: [string, unknown][] = [
    ["an ARN", { AWS: `arn:aws:iam::${otherAccount}:root` }],
    ["an ARN of a session", { AWS: `arn:aws:sts::${otherAccount}:assumed-role/a/b` }],
    ["an ARN of another partition", { AWS: `arn:aws-cn:iam::${otherAccount}:root` }],
    ["an account id", { AWS: otherAccount }],
    ["an account id that is a number", { AWS: Number(otherAccount) }],
    ["an account id without a kind", otherAccount],
    ["a list", { AWS: [account, otherAccount] }],
  ];
  for (const [name, principal] of foreign)
    it(`sees another account in ${name}`, () => {
      expect(openings(allow(principal))).deep.equal([otherAccount]);
    });

  const harmless: [string, unknown][] = [
    ["the own account id", { AWS: account }],
    ["the own root", { AWS: `arn:aws:iam::${account}:root` }],
    [
      "a CloudFront identity",
      { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABCDEF" },
    ],
    ["a service", { Service: "sns.amazonaws.com" }],
    ["a provider", { Federated: "cognito-identity.amazonaws.com" }],
    [
      "a canonical user",
      { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
    ],
    ["the id of a deleted user", { AWS: "AIDAEXAMPLEUSER000001" }],
    ["nobody", {}],
  ];
  for (const [name, principal] of harmless)
    it(`sees nobody from outside in ${name}`, () => {
      expect(openings(allow(principal))).deep.equal([]);
    });

  it("sees everyone but some in NotPrincipal", () => {
    const { Principal, ...rest } = allow({ AWS: account }).Statement[0] as Record<string, unknown>;
    expect(openings({ Statement: [{ ...rest, NotPrincipal: Principal }] })).deep.equal(["everyone"]);
  });

  it("sees nobody in a denial", () => {
    expect(openings({ Statement: [{ Effect: "Deny", Principal: "*", Action: "*" }] })).deep.equal([]);
  });

  it("sees nobody in a trusted account", () => {
    const trusting = { ...context, trustedAccounts: [otherAccount] };
    expect(openingsOf(statementsOf(allow({ AWS: otherAccount })), trusting)).deep.equal([]);
  });

  it("sees the accounts to which a condition narrows everyone", () => {
    for (const key of ["aws:PrincipalAccount", "kms:CallerAccount"])
      expect(openings(allow("*", { StringEquals: { [key]: [account, otherAccount] } }))).deep.equal([
        otherAccount,
      ]);
    const arn = `arn:aws:iam::${otherAccount}:role/*`;
    expect(openings(allow("*", { ArnLike: { "aws:PrincipalArn": arn } }))).deep.equal([otherAccount]);
  });

  it("looks only at statements that may allow the action", () => {
    const trust = (fields: object) => ({
      Statement: [{ Effect: "Allow", Principal: { AWS: otherAccount }, ...fields }],
    });
    for (const Action of [
      "sts:AssumeRole",
      "sts:AssumeRoleWithSAML",
      "sts:*",
      "*",
      "STS:assumerole",
      ["sts:TagSession", "sts:AssumeRole"],
    ])
      expect(openings(trust({ Action }), "sts:AssumeRole*"), String(Action)).deep.equal([otherAccount]);
    for (const Action of ["sts:TagSession", "s3:*"])
      expect(openings(trust({ Action }), "sts:AssumeRole*"), Action).deep.equal([]);
    expect(openings(trust({ NotAction: "s3:*" }), "sts:AssumeRole*")).deep.equal([otherAccount]);
    expect(openings(trust({ NotAction: "sts:*" }), "sts:AssumeRole*")).deep.equal([]);
  });
});

describe("publicStatementsOf", () => {
  const isPublic = (condition: unknown) =>
    publicStatementsOf(statementsOf(allow("*", condition))).length === 1;

  const narrowing: Record<string, unknown>[] = [
    { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { StringEquals: { "AWS:principalorgid": ["o-abcdef1234", "o-abcdef5678"] } },
    { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-abcdef1234/r-ab12/*" } },
    { StringEquals: { "aws:PrincipalAccount": account } },
    { stringequalsignorecase: { "aws:SourceAccount": account } },
    { StringEquals: { "AWS:SourceOwner": account } },
    { ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${account}:*` } },
    { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::files" } },
    { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } },
    { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
    { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    { StringLike: { "aws:userId": "AROAEXAMPLEROLE000001:*" } },
    { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
  ];
  for (const condition of narrowing)
    it(`is narrowed by ${JSON.stringify(condition)}`, () => {
      expect(isPublic(condition)).equal(false);
    });

  const idle: unknown[] = [
    undefined,
    {},
    "x",
    { Bool: { "aws:SecureTransport": "true" } },
    { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { ArnNotLike: { "aws:SourceArn": `arn:aws:sns:*:${account}:*` } },
    { Null: { "aws:PrincipalOrgID": "false" } },
    { StringLike: { "aws:PrincipalOrgID": "*" } },
    { StringLike: { "aws:PrincipalOrgID": "o-*" } },
    { StringEquals: { "aws:PrincipalOrgID": [] } },
    { StringLike: { "aws:userId": "*" } },
    { StringLike: { "aws:userId": ["AROAEXAMPLEROLE000001:*", "*"] } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    { IpAddress: { "aws:SourceIp": "208.236.235.254/0" } },
    { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "::/0"] } },
    { IpAddress: { "aws:SourceIp": "everywhere" } },
    { StringEquals: { "aws:Referer": "https://example.com/" } },
    { StringEquals: { "aws:PrincipalTag/team": "a" } },
  ];
  for (const condition of idle)
    it(`is not narrowed by ${JSON.stringify(condition)}`, () => {
      expect(isPublic(condition)).equal(true);
    });
});

describe("administratorStatementsOf", () => {
  const isAdministrator = (statement: object) =>
    administratorStatementsOf(
      statementsOf({ Statement: { Effect: "Allow", Resource: "*", ...statement } }),
      account,
    ).length === 1;

  for (const statement of [
    { Action: "*" },
    { Action: "*:*" },
    { Action: "iam:*" },
    { Action: "IAM:*" },
    { Action: ["s3:GetObject", "*"] },
    { Action: "i*" },
    { NotAction: "s3:*" },
    { NotAction: ["iam:DeleteUser"] },
    { Action: "*", Resource: ["arn:aws:s3:::a", "*"] },
    { Action: "*", Resource: "arn:aws:iam::*:*" },
    { Action: "iam:*", Resource: `arn:aws:iam::${account}:*` },
    { Action: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  ])
    it(`sees an administrator in ${JSON.stringify(statement)}`, () => {
      expect(isAdministrator(statement)).equal(true);
    });

  for (const statement of [
    { Action: "s3:*" },
    { Action: "iam:Get*" },
    { Action: ["iam:PassRole", "ec2:*"] },
    { NotAction: ["iam:*", "organizations:*"] },
    { NotAction: "*" },
    { Action: "*", Effect: "Deny" },
    { Action: "*", Resource: "arn:aws:s3:::files/*" },
    { Action: "iam:*", Resource: `arn:aws:iam::${account}:user/me` },
    { Action: [] },
    {},
  ])
    it(`sees none in ${JSON.stringify(statement)}`, () => {
      expect(isAdministrator(statement)).equal(false);
    });

  it("sees one where only some resources are left out", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::files" } };
    expect(administratorStatementsOf(statementsOf(document), account).length).equal(1);
  });
});
