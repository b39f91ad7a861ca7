import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { iamRoleTrustExternal } from "../../../../handlers/detections/iam/iam-role-trust-external";
import { fixIamRoleTrustExternal } from "../../../../handlers/remediations/iam/iam-role-trust-external";
import { defaultSettings } from "../../../../handlers/settings";
import { account, type Answers, aRecord } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, type Given, kept, planned } from "../../../support/planning";

const region = "us-east-1";
const gone = failing("NoSuchEntityException");
const baseline = (kind: BaselineKind, id: string, document: object) => kept(kind, region, id, document);

describe("iam-role-trust-external", () => {
  const own = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
  };
  const foreign = { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const event = (...Statement: object[]) => ({
    eventName: "UpdateAssumeRolePolicy",
    requestParameters: { roleName: "app", policyDocument: JSON.stringify(document(...Statement)) },
  });
  const live = (...Statement: object[]): Answers => ({
    "iam:GetRole": {
      Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(...Statement))) },
    },
  });
  const put = (...Statement: object[]) => [
    "UpdateAssumeRolePolicy",
    { RoleName: "app", PolicyDocument: JSON.stringify(document(...Statement)) },
  ];
  /** Plans with what the detection itself says of the record. */
  const plan = (record: ReturnType<typeof event>, given: Given) => {
    const match = iamRoleTrustExternal.match(aRecord(record), { ...defaultSettings.context, account });
    if (match === undefined) throw new Error("expected the detection to match");
    return planned(fixIamRoleTrustExternal, record, { ...given, match });
  };

  it("removes the foreign statement and leaves its neighbor", async () => {
    expectPlan(await plan(event(own, foreign), { aws: live(own, foreign) }), [put(own)], [put(own, foreign)]);
  });

  it("removes the foreign principal from a statement and leaves the own one", async () => {
    const mixed = { ...own, Principal: { AWS: [own.Principal.AWS, "arn:aws:iam::444455556666:root"] } };
    expectPlan(await plan(event(mixed), { aws: live(mixed) }), [put(own)], [put(mixed)]);
  });

  it("keeps what somebody added since", async () => {
    const later = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    expectPlan(
      await plan(event(foreign), { aws: live(foreign, later) }),
      [put(later)],
      [put(foreign, later)],
    );
  });

  it("does not let in again, from a baseline, whom nobody lets in now", async () => {
    const open = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const kept = baseline(baselineKinds.role, "app", {
      GetRole: { Role: { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify(document(own, open)) } },
    });
    const given = { aws: live(own, foreign), baselines: kept };
    expectPlan(await plan(event(own, foreign), given), [put(own)], [put(own, foreign)]);
  });

  it("removes GitHub's tokens of anybody, and leaves the statements beside them", async () => {
    const github = {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      Action: "sts:AssumeRoleWithWebIdentity",
    };
    expectPlan(await plan(event(own, github), { aws: live(own, github) }), [put(own)], [put(own, github)]);
  });

  it("lets nobody in when nobody is left", async () => {
    const nobody = { Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    expectPlan(await plan(event(foreign), { aws: live(foreign) }), [put(nobody)], [put(foreign)]);
  });

  it("sets the baseline again when the policy is as the event left it", async () => {
    const baselines = baseline(baselineKinds.role, "app", {
      GetRole: {
        Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(own, own))) },
      },
    });
    expectPlan(
      await plan(event(foreign), { aws: live(foreign), baselines }),
      [put(own, own)],
      [put(foreign)],
    );
  });

  const trusted = (...Statement: object[]) =>
    baseline(baselineKinds.role, "app", {
      GetRole: {
        Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(...Statement))) },
      },
    });

  it("is already-ok when the event wrote what was there before", async () => {
    const baselines = trusted(own, foreign);
    expectOutcome(await plan(event(own, foreign), { aws: live(own, foreign), baselines }), "already-ok");
  });

  it("leaves whom the role trusted before, also when somebody added to the policy since", async () => {
    const later = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    const partner = { ...foreign, Principal: { AWS: "arn:aws:iam::777788889999:root" } };
    const both = { ...foreign, Principal: { AWS: [partner.Principal.AWS, "444455556666"] } };
    for (const written of [[partner, foreign], [both]])
      expectPlan(
        await plan(event(...written), { aws: live(...written, later), baselines: trusted(partner) }),
        [put(partner, later)],
        [put(...written, later)],
      );
  });

  it("is already-ok when the foreign ones or the role are gone", async () => {
    expectOutcome(await plan(event(own, foreign), { aws: live(own) }), "already-ok");
    expectOutcome(await plan(event(foreign), { aws: { "iam:GetRole": gone } }), "already-ok");
  });

  it("is changed-since when the statement of that name says something else", async () => {
    const named = { Sid: "partner", ...foreign };
    const rewritten = { ...named, Condition: { StringEquals: { "sts:ExternalId": "x" } } };
    expectOutcome(await plan(event(named), { aws: live(rewritten) }), "changed-since");
  });
});
