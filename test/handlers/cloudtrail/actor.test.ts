import { expect } from "chai";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { account, call, role, root, service, user } from "../detections/support/cases";

const actor = (userIdentity: unknown, more: object = {}) =>
  actorOf(call("iam:ListUsers", null, { userIdentity: userIdentity as ReturnType<typeof user>, ...more }));

describe("actorOf", () => {
  it("resolves an IAM user", () => {
    expect(actor(user("bob"))).deep.include({
      type: "IAMUser",
      name: "bob",
      arn: `arn:aws:iam::${account}:user/bob`,
      account,
      accessKeyId: "AKIAEXAMPLEKEY000001",
      sourceIPAddress: "203.0.113.24",
    });
  });

  it("resolves the role behind a session", () => {
    const resolved = actor(role("deploy", "run-1"));
    expect(resolved.name).equal("deploy/run-1");
    expect(resolved.role).deep.equal({ name: "deploy", arn: `arn:aws:iam::${account}:role/deploy` });
    expect(resolved.mfa).equal(false);
  });

  it("resolves the role from the session's ARN if the issuer is omitted", () => {
    const { sessionContext: _issuer, ...rest } = role("deploy", "run-1");
    expect(actor(rest).role).deep.equal({ name: "deploy" });
    expect(_issuer).not.equal(undefined);
  });

  it("resolves root", () => {
    expect(actor(root())).deep.include({ type: "Root", name: "root", mfa: true });
    expect(actor(root())).not.have.property("accessKeyId");
  });

  it("resolves a service, and one that calls for somebody", () => {
    expect(actor(service("backup.amazonaws.com"))).deep.include({
      type: "AWSService",
      name: "backup.amazonaws.com",
    });
    expect(actor({ ...role("r"), invokedBy: "cloudformation.amazonaws.com" }).invokedBy).equal(
      "cloudformation.amazonaws.com",
    );
  });

  it("resolves an account, a federated user and a web identity from what there is", () => {
    const onBehalfOf = { userId: "544894e8", identityStoreArn: "arn:aws:identitystore::1:identitystore/d-1" };
    expect(actor({ type: "IdentityCenterUser", accountId: account, onBehalfOf }).name).equal("544894e8");
    expect(actor({ type: "AWSAccount", principalId: "AIDAEXAMPLE", accountId: account }).name).equal(
      "AIDAEXAMPLE",
    );
    expect(actor({ type: "FederatedUser", arn: `arn:aws:sts::${account}:federated-user/guest` }).name).equal(
      "federated-user/guest",
    );
    expect(actor({ type: "WebIdentityUser", userName: "repo:acme/app" }).name).equal("repo:acme/app");
  });

  for (const identity of [
    undefined,
    null,
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    [],
    {},
    { type: { toString: 1 } },
    { sessionContext: { attributes: { mfaAuthenticated: { toString: 1 } } } },
  ])
    it(`does not throw on ${JSON.stringify(identity)}`, () => {
      expect(actor(identity).type).equal("Unknown");
    });
});
