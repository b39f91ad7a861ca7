import { expect } from "chai";
import {
  accountIn,
  addressOfCaller,
  isAutomation,
  isAwsService,
  isForeign,
  isIdentityCenterSession,
  isOwnUser,
  isScanner,
  isServiceHost,
  isWrite,
  principalKeyOf,
  principalOf,
} from "../../../../handlers/detections/readers/principal";
import { account, call, emptyContext, otherAccount, role, service, user } from "../support/cases";

const context = { ...emptyContext, account };
const by = (userIdentity: unknown, more: object = {}) =>
  call("iam:ListUsers", null, { userIdentity: userIdentity as ReturnType<typeof user>, ...more });

describe("accountIn", () => {
  for (const [text, found] of [
    [account, account],
    [`arn:aws:iam::${account}:root`, account],
    [`arn:aws-us-gov:sts::${account}:assumed-role/a/b`, account],
    ["arn:aws:iam::cloudfront:user/x", undefined],
    ["arn:aws:s3:::bucket", undefined],
    ["1234", undefined],
    ["*", undefined],
    [Number(account), undefined],
  ] as const)
    it(`finds ${found} in ${text}`, () => {
      expect(accountIn(text)).equal(found);
    });
});

describe("principals", () => {
  it("are foreign if their account is neither this one nor trusted", () => {
    expect(isForeign(otherAccount, context)).equal(true);
    expect(isForeign(account, context)).equal(false);
    expect(isForeign(otherAccount, { ...context, trustedAccounts: [otherAccount] })).equal(false);
    expect(isForeign(undefined, context)).equal(false);
  });

  it("are automation by the ARN of the caller or of its role", () => {
    const record = by(role("deploy", "run-1"));
    for (const pattern of [`arn:aws:iam::${account}:role/deploy`, `arn:aws:sts::*:assumed-role/deploy/*`])
      expect(isAutomation(record, { ...context, automation: [pattern] })).equal(true);
    expect(isAutomation(record, { ...context, automation: [`arn:aws:iam::${account}:role/dep`] })).equal(
      false,
    );
    expect(isAutomation(record, context)).equal(false);
  });

  it("are scanners by ARN or address", () => {
    const record = by(role("prowler"));
    expect(isScanner(record, { ...context, scanners: ["*:role/prowler"] })).equal(true);
    expect(isScanner(record, { ...context, scanners: ["203.0.113.0/24"] })).equal(true);
    expect(isScanner(record, { ...context, scanners: ["198.51.100.0/24"] })).equal(false);
  });

  it("are AWS services in every way that records express it", () => {
    expect(isAwsService(by(service("backup.amazonaws.com")))).equal(true);
    expect(isAwsService(by(user("a"), { eventType: "AwsServiceEvent" }))).equal(true);
    expect(isAwsService(by({ ...role("r"), invokedBy: "cloudformation.amazonaws.com" }))).equal(true);
    expect(isAwsService(by({ ...role("r"), invokedBy: "AWS Internal" }))).equal(true);
    expect(isAwsService(by(role("r"), { sourceIPAddress: "ec2.amazonaws.com" }))).equal(true);
    expect(isAwsService(by(user("a")))).equal(false);
    expect(isServiceHost("ec2.amazonaws.com.evil.example")).equal(false);
  });

  it("are people in the console, whatever it calls itself", () => {
    const inConsole = {
      sessionCredentialFromConsole: "true",
      sourceIPAddress: "AWS Internal",
      userAgent: "AWS Internal",
    };
    expect(isAwsService(by(role("r"), inConsole))).equal(false);
    expect(isAwsService(by({ ...role("r"), invokedBy: "AWS Internal" }, inConsole))).equal(false);
    expect(isAwsService(by(role("r"), { sourceIPAddress: "AWS Internal" }))).equal(false);
    expect(isAwsService(by(user("a"), { userAgent: "cloudformation.amazonaws.com" }))).equal(false);
    expect(isAwsService(by({ ...user("a"), invokedBy: null }))).equal(false);
    expect(isAwsService(by({ ...role("r"), invokedBy: "cloudformation.amazonaws.com" }, inConsole))).equal(
      true,
    );
  });

  it("own a user by the exact name", () => {
    expect(isOwnUser(by(user("jack")), "jack")).equal(true);
    for (const name of ["jackson", "ack", "Jack", ""]) expect(isOwnUser(by(user("jack")), name)).equal(false);
    expect(isOwnUser(by({ type: "IAMUser", arn: `arn:aws:iam::${account}:user/team/jack` }), "jack")).equal(
      true,
    );
    expect(isOwnUser(by(role("r", "jack")), "jack")).equal(false);
  });

  it("are recognized as Identity Center's by the role's name, not the session's", () => {
    expect(isIdentityCenterSession(by(role("AWSReservedSSO_Admin_0a1b2c3d")))).equal(true);
    expect(isIdentityCenterSession(by(role("Admin")))).equal(false);
    expect(isIdentityCenterSession(by(role("Admin", "AWSReservedSSO_Admin_0a1b2c3d")))).equal(false);
  });

  it("are counted by the best identity in the record", () => {
    expect(principalKeyOf(by(user("a")))).equal(`arn:aws:iam::${account}:user/a`);
    expect(principalKeyOf(by({ type: "AWSAccount", principalId: "AIDAEXAMPLE:x" }))).equal("AIDAEXAMPLE:x");
    expect(principalKeyOf(by({ type: "IAMUser", accessKeyId: "AKIAEXAMPLE" }))).equal("AKIAEXAMPLE");
    for (const nobody of [undefined, null, {}, "x", service("s3.amazonaws.com")])
      expect(principalKeyOf(by(nobody))).equal(undefined);
  });

  it("have an address if it is one", () => {
    expect(addressOfCaller(by(user("a")))).equal("203.0.113.24");
    expect(addressOfCaller(by(user("a"), { sourceIPAddress: "AWS Internal" }))).equal(undefined);
  });
});

describe("isWrite", () => {
  for (const [fields, expected] of [
    [{ readOnly: false }, true],
    [{ readOnly: "false" }, true],
    [{ readOnly: true }, false],
    [{ readOnly: undefined, eventName: "CreateUser" }, true],
    [{ readOnly: undefined, eventName: "GetUser" }, false],
    [{ readOnly: undefined, eventName: "DescribeInstances" }, false],
  ] as const)
    it(`is ${expected} for ${JSON.stringify(fields)}`, () => {
      expect(isWrite(by(user("a"), fields))).equal(expected);
    });
});

describe("principalOf", () => {
  const sameAs = (userIdentity: unknown) => principalOf(by(userIdentity));
  const deploy = role("deploy", "one");

  it("distinguishes people from IAM Identity Center", () => {
    const of = (userId: string) => ({ type: "IdentityCenterUser", accountId: "1", onBehalfOf: { userId } });
    expect(sameAs(of("a")).by).not.equal(sameAs(of("b")).by);
    expect(sameAs(of("a")).name).equal("principal a");
  });

  it("is the role behind a session, whatever the session, the role's path, and what the service omits", () => {
    const sessionOnly = { type: "AssumedRole", arn: deploy.arn, accountId: account };
    for (const other of [role("deploy", "two"), role("deploy", "one", "teams/red/"), sessionOnly])
      expect(sameAs(other)).deep.equal({ by: `${account}/role/deploy`, name: "role deploy" });
    expect(sameAs(role("review"))).deep.equal({ by: `${account}/role/review`, name: "role review" });
  });

  it("is the user, also behind a session of theirs", () => {
    const behind = {
      type: "FederatedUser",
      arn: `arn:aws:sts::${account}:federated-user/somebody`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "IAMUser", userName: "bob", accountId: account } },
    };
    const arnOnly = { type: "IAMUser", arn: `arn:aws:iam::${account}:user/teams/bob`, accountId: account };
    for (const bob of [user("bob"), behind, arnOnly])
      expect(sameAs(bob)).deep.equal({ by: `${account}/user/bob`, name: "user bob" });
  });

  it("is root, a service, or whatever else the record says", () => {
    expect(sameAs({ type: "Root", accountId: account }).name).equal("root");
    expect(sameAs(service("ecs.amazonaws.com")).name).equal("service ecs.amazonaws.com");
    const outside = { type: "AWSAccount", principalId: "AROAEXAMPLE000001:session", accountId: otherAccount };
    expect(sameAs(outside)).deep.equal({
      by: `${otherAccount}/principal/AROAEXAMPLE000001`,
      name: "principal AROAEXAMPLE000001",
    });
    const web = { type: "WebIdentityUser", principalId: "arn:aws:iam::1:oidc-provider/x:repo:acme/app" };
    expect(sameAs(web).name).equal("principal arn:aws:iam::1:oidc-provider/x:repo:acme/app");
    expect(sameAs(undefined).name).equal("principal of unknown type Unknown");
  });
});
