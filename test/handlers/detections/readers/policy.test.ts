import { expect } from "chai";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../../../../handlers/detections/readers/policy";
import { account, emptyContext, otherAccount } from "../support/cases";

const context = { ...emptyContext, account };
const allow = (Principal: unknown, Condition?: unknown) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "s", Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "*", Condition }],
});
const openings = (document: unknown, action?: string) =>
  openingsOf(statementsOf(document), context, action === undefined ? {} : { action }).map(({ to }) => to);

describe("statementsOf", () => {
  const document = allow("*");
  const text = JSON.stringify(document);
  for (const [name, form] of Object.entries({
    "an object": document,
    "JSON text": text,
    "URL-encoded JSON text": encodeURIComponent(text),
    "form-encoded JSON text": encodeURIComponent(JSON.stringify(document, null, 1)).replace(/%20/g, "+"),
    "JSON text in JSON text": JSON.stringify(text),
    "twice URL-encoded JSON text": encodeURIComponent(encodeURIComponent(text)),
    "one statement without a list": { Statement: document.Statement[0] },
    "JSON text after a byte order mark": `\ufeff${text}`,
    "elements in lower case": {
      statement: [{ sid: "s", effect: "Allow", principal: "*", action: "s3:GetObject", resource: "*" }],
    },
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
    ["a star of AWS in lower case", { aws: "*" }],
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
    ["a provider of SAML", { Federated: `arn:aws:iam::${account}:saml-provider/idp` }],
    [
      "a cluster's provider",
      { Federated: `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A` },
    ],
    ["the id of a deleted user", { AWS: "AIDAEXAMPLEUSER000001" }],
    ["nobody", {}],
  ];
  for (const [name, principal] of harmless)
    it(`sees nobody from outside in ${name}`, () => {
      expect(openings(allow(principal))).deep.equal([]);
    });

  it("sees everyone except some in NotPrincipal", () => {
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
    for (const key of ["aws:PrincipalAccount", "kms:CallerAccount", "aws:userid"])
      expect(openings(allow("*", { StringEquals: { [key]: [account, otherAccount] } }))).deep.equal([
        otherAccount,
      ]);
    const arn = `arn:aws:iam::${otherAccount}:role/*`;
    expect(openings(allow("*", { ArnLike: { "aws:PrincipalArn": arn } }))).deep.equal([otherAccount]);
  });

  it("considers only statements that may allow the action", () => {
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

describe("openingsOf, by conditions", () => {
  const isPublic = (condition: unknown) => openings(allow("*", condition)).includes("everyone");
  const to = (condition: unknown, principal: unknown = "*") => openings(allow(principal, condition));
  const ofOrganization = (condition: unknown, paths: string[] = []) =>
    openingsOf(statementsOf(allow("*", condition)), {
      ...context,
      organization: { id: "o-own1234567", paths },
    }).map((one) => one.to);

  const narrowing: Record<string, unknown>[] = [
    { StringLike: { "SNS:Endpoint": ["*@example.com", "https://events.example.com/*"] } },
    { StringEquals: { "sns:Endpoint": "https://events.example.com/42" } },
    { StringLike: { "sns:Endpoint": `arn:aws:sqs:*:${account}:*` } },
    { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { StringEquals: { "AWS:principalorgid": ["o-abcdef1234", "o-abcdef5678"] } },
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-abcdef1234/r-ab12/*" } },
    { StringEquals: { "aws:PrincipalAccount": account } },
    { StringEquals: { "aws:PrincipalAccount": "${aws:ResourceAccount}" } },
    { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
    { StringEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } },
    { StringEquals: { "aws:PrincipalOrgID": [] } },
    { StringEquals: { "aws:PrincipalOrgID": "*" } },
    { StringNotEquals: { "aws:ResourceAccount": account } },
    { stringequalsignorecase: { "aws:SourceAccount": account } },
    { StringEquals: { "AWS:SourceOwner": account } },
    { ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${account}:*` } },
    { ArnLike: { "aws:SourceArn": `arn:aws-us-gov:sns:*:${account}:*` } },
    { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::files" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:files" } },
    { ArnEquals: { "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:f` } },
    { ArnLike: { "ec2:SourceInstanceARN": `arn:aws:ec2:*:${account}:instance/*` } },
    { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } },
    { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    { StringEquals: { "aws:VpceAccount": account } },
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
    { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    { StringLike: { "aws:userId": "AROAEXAMPLEROLE000001:*" } },
    { StringEquals: { "aws:userId": account } },
    { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    { StringEquals: { "s3:DataAccessPointAccount": account } },
    { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    { Bool: { "aws:PrincipalIsAWSService": "true" } },
    { Bool: { "aws:PrincipalIsAWSService": true } },
    { StringEquals: { "aws:PrincipalServiceName": "cloudtrail.amazonaws.com" } },
    { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
    { Null: { "aws:PrincipalAccount": "false" }, StringEquals: { "aws:PrincipalAccount": account } },
    {
      Null: { "aws:PrincipalOrgID": "true" },
      StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" },
    },
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
    { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { StringEqualsIfExists: { "aws:PrincipalAccount": account } },
    { ArnLikeIfExists: { "aws:SourceArn": `arn:aws:sns:*:${account}:*` } },
    { StringLikeIfExists: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
    { IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } },
    { BoolIfExists: { "aws:PrincipalIsAWSService": "true" } },
    { "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-abcdef1234/r-ab12/" } },
    { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-abcdef1234/*" } },
    { "ForAllValues:StringEqualsIfExists": { "aws:PrincipalAccount": account } },
    { "ForAnyValue:StringEqualsIfExists": { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { "ForAnyValue:StringNotEquals": { "aws:PrincipalOrgID": "o-abcdef1234" } },
    { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/visitor" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { ArnNotLike: { "aws:SourceArn": `arn:aws:sns:*:${account}:*` } },
    { Null: { "aws:PrincipalOrgID": "false" } },
    { Null: { "aws:PrincipalOrgID": "true" } },
    { Null: { "aws:SourceVpce": "false" } },
    { StringLike: { "aws:SourceVpce": "vpce-*" } },
    { StringLike: { "sns:Endpoint": "*" } },
    { StringLike: { "sns:Endpoint": ["*@example.com", "https://*"] } },
    { StringNotLike: { "sns:Endpoint": "*@example.com" } },
    { ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:*:*:accesspoint/files" } },
    { Bool: { "aws:PrincipalIsAWSService": "false" } },
    { StringLike: { "aws:PrincipalOrgID": "*" } },
    { StringLike: { "aws:PrincipalOrgID": "o-*" } },
    { StringLike: { "aws:PrincipalAccount": "1*" } },
    { StringLike: { "aws:userId": "*" } },
    { StringLike: { "aws:userId": ["AROAEXAMPLEROLE000001:*", "*"] } },
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:::files-*" } },
    { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:*" } },
    { ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:*" } },
    { ArnNotEquals: { "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${account}:function:f` } },
    { ArnLike: { "aws:SourceArn": "arn:aws:execute-api:*:*:*" } },
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } },
    { StringEquals: { "aws:ResourceAccount": account } },
    { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    { StringEquals: { "sts:ExternalId": "42" } },
    { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    { IpAddress: { "aws:SourceIp": "208.236.235.254/0" } },
    { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "::/0"] } },
    { IpAddress: { "aws:SourceIp": "everywhere" } },
    { StringEquals: { "aws:Referer": "https://example.com/" } },
    { StringEquals: { "aws:PrincipalTag/team": "a" } },
    { StringEquals: { "aws:username": "alice" } },
  ];
  for (const condition of idle)
    it(`is not narrowed by ${JSON.stringify(condition)}`, () => {
      expect(isPublic(condition)).equal(true);
    });

  const both = [account, otherAccount];
  const naming: Record<string, unknown>[] = [
    { StringEquals: { "aws:PrincipalAccount": both } },
    { StringEquals: { "kms:CallerAccount": both } },
    { StringLike: { "aws:SourceAccount": both } },
    { StringEquals: { "aws:SourceOwner": both } },
    { ArnLike: { "aws:SourceArn": `arn:aws:sns:us-west-2:${otherAccount}:t` } },
    { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${otherAccount}:role/*` } },
    { StringEquals: { "aws:SourceAccount": otherAccount }, ArnLike: { "aws:SourceArn": "arn:aws:s3:::x" } },
    { StringEquals: { "s3:DataAccessPointAccount": otherAccount } },
    { ArnEquals: { "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:${otherAccount}:function:f` } },
    { ArnLike: { "s3:DataAccessPointArn": `arn:aws:s3:*:${otherAccount}:accesspoint/*` } },
    { StringLike: { "sns:Endpoint": `arn:aws:sqs:*:${otherAccount}:*` } },
    { StringEquals: { "aws:VpceAccount": otherAccount } },
  ];
  for (const condition of naming)
    it(`lets in the other account that is named in ${JSON.stringify(condition)}`, () => {
      expect(to(condition)).deep.equal([otherAccount]);
    });

  it("lets in nobody by one condition whom another one keeps out", () => {
    expect(
      to({ StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }),
    ).deep.equal([]);
    expect(to({ StringEquals: { "aws:PrincipalAccount": account } }, { AWS: otherAccount })).deep.equal([]);
    expect(to({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { AWS: otherAccount })).deep.equal([
      otherAccount,
    ]);
    expect(
      to({ StringNotEquals: { "aws:PrincipalAccount": otherAccount } }, { AWS: otherAccount }),
    ).deep.equal([]);
  });

  it("lets in another account by way of a service", () => {
    const service = (condition: unknown, name = "sns.amazonaws.com") => to(condition, { Service: name });
    expect(service({ StringEquals: { "aws:SourceAccount": otherAccount } })).deep.equal([otherAccount]);
    expect(
      service(
        { StringEquals: { "AWS:SourceArn": `arn:aws:cloudfront::${otherAccount}:distribution/E1` } },
        "cloudfront.amazonaws.com",
      ),
    ).deep.equal([otherAccount]);
    expect(service({ StringEquals: { "aws:SourceAccount": account } })).deep.equal([]);
    expect(service({ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } })).deep.equal(["everyone"]);
    // Resources that services write to are usually open to them, whomever they call for.
    expect(service(undefined)).deep.equal([]);
  });

  it("lets in the organization that is not this account's, once that is configured", () => {
    const other = { StringEquals: { "aws:PrincipalOrgID": ["o-own1234567", "o-other12345"] } };
    expect(to(other)).deep.equal([]);
    expect(ofOrganization(other)).deep.equal(["o-other12345"]);
    expect(ofOrganization({ StringEquals: { "aws:PrincipalOrgID": "o-own1234567" } })).deep.equal([]);
    expect(ofOrganization({ StringEquals: { "aws:SourceOrgID": "o-other12345" } })).deep.equal([
      "o-other12345",
    ]);
  });

  it("lets in a unit of this account's organization, when others are configured", () => {
    const like = (path: string) => ({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": path } });
    const path = "o-own1234567/r-ab12/ou-ab12-11111111/*";
    expect(ofOrganization(like(path))).deep.equal([]);
    expect(ofOrganization(like(path), [path])).deep.equal([]);
    expect(ofOrganization(like("o-own1234567/r-ab12/ou-ab12-11111111/ou-ab12-2/"), [path])).deep.equal([]);
    expect(ofOrganization(like("o-own1234567/r-ab12/ou-ab12-33333333/*"), [path])).deep.equal([
      "o-own1234567/r-ab12/ou-ab12-33333333/*",
    ]);
    expect(ofOrganization(like("o-own1234567/*"), [path])).deep.equal([]);
    expect(ofOrganization(like("o-other12345/r-cd34/*"), [path])).deep.equal(["o-other12345/r-cd34/*"]);
  });

  it("lets in nobody to whom a denial certainly applies", () => {
    const denied = (deny: object, condition?: unknown) => {
      const { Statement, ...rest } = allow("*", condition);
      return openings({
        ...rest,
        Statement: [...Statement, { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", ...deny }],
      });
    };
    expect(denied({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } })).deep.equal(
      [],
    );
    expect(
      denied({ Condition: { StringNotEqualsIfExists: { "aws:PrincipalAccount": account } } }),
    ).deep.equal([]);
    expect(denied({ Principal: undefined, NotPrincipal: { AWS: account } })).deep.equal([]);
    for (const exempt of [otherAccount, `arn:aws:iam::${otherAccount}:role/partner`])
      expect(denied({ Principal: undefined, NotPrincipal: { AWS: [account, exempt] } })).deep.equal([
        otherAccount,
      ]);
    for (const idling of [
      { Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { Action: "s3:PutObject" },
      { Resource: "arn:aws:s3:::files/private/*" },
      { Principal: { AWS: otherAccount } },
      { Condition: { StringNotEquals: { "aws:PrincipalTag/team": "a" } } },
    ])
      expect(denied(idling), JSON.stringify(idling)).deep.equal(["everyone"]);
    const named = { StringEquals: { "aws:PrincipalAccount": both } };
    expect(denied({ Principal: { AWS: otherAccount } }, named)).deep.equal([]);
    expect(denied({ Principal: { AWS: `arn:aws:iam::${otherAccount}:role/a` } }, named)).deep.equal([
      otherAccount,
    ]);
  });

  it("says by which values of which conditions somebody is let in", () => {
    const condition = {
      StringEquals: { "aws:SourceAccount": both },
      ArnLike: { "aws:SourceArn": `arn:aws:sns:*:${otherAccount}:*` },
    };
    const evidence = evidenceOfOpenings(openingsOf(statementsOf(allow("*", condition)), context), "policy");
    expect(evidence).deep.equal([
      {
        parameter: "policy.Statement[0]",
        value: {
          Sid: "s",
          Principal: "*",
          Condition: {
            "aws:SourceAccount": [otherAccount],
            "aws:SourceArn": [`arn:aws:sns:*:${otherAccount}:*`],
          },
        },
        why: `lets in account ${otherAccount}`,
      },
    ]);
  });

  it("treats a crowd as everyone, and terminates", () => {
    const crowd = Array.from({ length: 6000 }, (_, index) => String(200000000000 + index));
    const startedAt = Date.now();
    expect(to({ StringEquals: { "aws:PrincipalAccount": crowd } })).deep.equal(["everyone"]);
    const some = crowd.slice(0, 400);
    const others = { StringLike: { "aws:PrincipalAccount": crowd.slice(3000).map((one) => `${one}*`) } };
    expect(to(others, { AWS: some })).deep.equal([]);
    expect(Date.now() - startedAt).lessThan(20_000);
  });
});

describe("openingsOf, of trust policies", () => {
  const issuer = "token.actions.githubusercontent.com";
  const trust = (Principal: unknown, Condition?: unknown) =>
    openings(
      { Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRoleWithWebIdentity", Condition }] },
      "sts:AssumeRole*",
    );
  const github = { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` };
  const sub = (value: unknown, operator = "StringLike") =>
    trust(github, {
      [operator]: { [`${issuer}:sub`]: value },
      stringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
    });

  it("lets in anybody with a token from a public issuer, if nothing fixed says whose", () => {
    expect(trust(github)).deep.equal(["everyone"]);
    expect(trust(github, { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } })).deep.equal([
      "everyone",
    ]);
    for (const value of [
      "*",
      "repo:*",
      "repo:acme*",
      "repo:*/app:*",
      "repo:?cme/*",
      ["repo:acme/*", "repo:*"],
    ])
      expect(sub(value), JSON.stringify(value)).deep.equal(["everyone"]);
    expect(sub("repo:acme/app:*", "StringNotLike")).deep.equal(["everyone"]);
    expect(sub("repo:acme/app:*", "StringLikeIfExists")).deep.equal([]);
    expect(sub("repo:acme/app:*", "ForAllValues:StringLike")).deep.equal([]);
  });

  it("lets in only the owners of named tokens", () => {
    for (const value of [
      "repo:acme/*",
      "repo:acme/app:*",
      "repo:acme/app:ref:refs/heads/main",
      "repo:acme:environment:prod",
      ["repo:acme/a:*", "repo:acme/b:*"],
    ])
      expect(sub(value), JSON.stringify(value)).deep.equal([]);
    // `*` is a literal star there.
    expect(sub("repo:*", "StringEquals")).deep.equal([]);
    for (const [claim, value] of [
      ["repository", "acme/*"],
      ["repository_owner_id", "1234"],
      ["job_workflow_ref", "acme/flows/.github/workflows/*"],
    ])
      expect(trust(github, { StringLike: { [`${issuer}:${claim}`]: value } })).deep.equal([]);
    expect(trust(github, { StringLike: { [`${issuer}:repository`]: "acme*" } })).deep.equal(["everyone"]);
    expect(trust(github, { StringLike: { [`${issuer}:repository_owner_id`]: "12*" } })).deep.equal([
      "everyone",
    ]);
  });

  for (const [name, provider, claim, fixed] of [
    ["Cognito", "cognito-identity.amazonaws.com", "aud", "eu-west-1:12345678-1234-1234-1234-123456789012"],
    ["Google", "accounts.google.com", "aud", "66677788899900.apps.googleusercontent.com"],
    ["Amazon", "www.amazon.com", "app_id", "amzn1.application-oa2-client.1"],
    ["Facebook", "graph.facebook.com", "app_id", "123456"],
    [
      "GitLab",
      `arn:aws:iam::${account}:oidc-provider/gitlab.com`,
      "sub",
      "project_path:acme/app:ref_type:branch",
    ],
    [
      "Terraform",
      `arn:aws-us-gov:iam::${account}:oidc-provider/app.terraform.io`,
      "sub",
      "organization:acme:project:p:workspace:w:run_phase:apply",
    ],
    [
      "Scalr",
      `arn:aws:iam::${account}:oidc-provider/scalr.io`,
      "sub",
      "account:acme:environment:e:workspace:w",
    ],
  ] as const)
    it(`knows ${name}`, () => {
      const host = provider.replace(/^.*oidc-provider\//, "");
      expect(trust({ Federated: provider })).deep.equal(["everyone"]);
      expect(
        trust({ Federated: provider }, { StringEquals: { [`${host}:amr`]: "authenticated" } }),
      ).deep.equal(["everyone"]);
      expect(trust({ Federated: provider }, { StringEquals: { [`${host}:${claim}`]: fixed } })).deep.equal(
        [],
      );
      const half = `${fixed.slice(0, 9)}*`;
      expect(trust({ Federated: provider }, { StringLike: { [`${host}:${claim}`]: half } })).deep.equal([
        "everyone",
      ]);
    });

  it("lets in anybody with a token from a private issuer, if no claim is required", () => {
    const own = { Federated: `arn:aws:iam::${account}:oidc-provider/login.example.com/tenant` };
    expect(trust(own)).deep.equal(["login.example.com/tenant"]);
    expect(trust(own, { StringEquals: { "login.example.com/tenant:aud": "app" } })).deep.equal([]);
    // Its subjects have a form of their own.
    const sub = (value: string) => ({ StringLike: { "login.example.com/tenant:sub": value } });
    expect(trust(own, sub("org/0a1b/project/*"))).deep.equal([]);
    expect(trust(own, sub("app*"))).deep.equal([]);
    expect(trust(own, sub("*"))).deep.equal(["login.example.com/tenant"]);
  });

  it("lets in another account's identity provider", () => {
    const saml = { Federated: `arn:aws:iam::${otherAccount}:saml-provider/idp` };
    const oidc = { Federated: `arn:aws:iam::${otherAccount}:oidc-provider/${issuer}` };
    expect(trust(saml)).deep.equal([otherAccount]);
    expect(trust(saml, { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } })).deep.equal([
      otherAccount,
    ]);
    expect(trust(oidc, { StringLike: { [`${issuer}:sub`]: "repo:acme/*" } })).deep.equal([otherAccount]);
    expect(trust({ Federated: "*" })).deep.equal(["everyone"]);
    const cluster = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B";
    const eks = { Federated: `arn:aws:iam::${otherAccount}:oidc-provider/${cluster}` };
    const workload = { StringEquals: { [`${cluster}:sub`]: "system:serviceaccount:app:api" } };
    expect(trust(eks, workload)).deep.equal([otherAccount]);
    expect(trust({ Federated: eks.Federated.replace(otherAccount, account) }, workload)).deep.equal([]);
  });

  it("compares issuers without regard to case, as condition keys have any", () => {
    const own = { Federated: `arn:aws:iam::${account}:oidc-provider/login.example.com/Tenant` };
    const sub = (value: string) => ({ StringLike: { "LOGIN.example.com/tenant:sub": value } });
    expect(trust(own, sub("*"))).deep.equal(["login.example.com/Tenant"]);
    expect(trust(own, sub("app"))).deep.equal([]);
  });

  it("lets everyone in by a star, unless a claim says whose tokens", () => {
    expect(trust("*")).deep.equal(["everyone"]);
    expect(trust("*", { StringLike: { [`${issuer}:sub`]: "repo:acme/*" } })).deep.equal([]);
    expect(trust("*", { StringLike: { [`${issuer}:sub`]: "*" } })).deep.equal(["everyone"]);
  });
});

describe("openingsOf, by principals of S3", () => {
  const id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

  it("sees another account in a canonical user, unless that is trusted", () => {
    expect(openings(allow({ CanonicalUser: id }))).deep.equal([id]);
    const trusting = { ...context, trustedAccounts: [id] };
    expect(openingsOf(statementsOf(allow({ CanonicalUser: id })), trusting)).deep.equal([]);
  });
});
