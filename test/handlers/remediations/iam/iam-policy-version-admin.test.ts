import { expect } from "chai";
import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixIamPolicyVersionAdmin } from "../../../../handlers/remediations/iam/iam-policy-version-admin";
import { account } from "../../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  kept,
  planned,
  rollbackAfter,
} from "../../../support/planning";
import { policyVersions } from "./support";

const region = "us-east-1";
const gone = failing("NoSuchEntityException");
const baseline = (kind: BaselineKind, id: string, document: object) => kept(kind, region, id, document);

describe("iam-policy-version-admin", () => {
  const PolicyArn = `arn:aws:iam::${account}:policy/ci`;
  const admin = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const read = '{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
  const created = {
    eventName: "CreatePolicyVersion",
    requestParameters: { policyArn: PolicyArn, policyDocument: admin, setAsDefault: true },
    responseElements: { policyVersion: { versionId: "v3", isDefaultVersion: true } },
  };
  const set = {
    eventName: "SetDefaultPolicyVersion",
    requestParameters: { policyArn: PolicyArn, versionId: "v3" },
  };
  const back = (VersionId: string) => ["SetDefaultPolicyVersion", { PolicyArn, VersionId }];

  it("sets the version before and deletes the new one", async () => {
    const plan = await planned(fixIamPolicyVersionAdmin, created, {
      aws: policyVersions(admin, read, admin),
    });
    expectPlan(
      plan,
      [back("v2"), ["DeletePolicyVersion", { PolicyArn, VersionId: "v3" }]],
      [["CreatePolicyVersion", { PolicyArn, PolicyDocument: admin, SetAsDefault: true }]],
    );
    expect(rollbackAfter(plan, 1), "the version could not be deleted").to.deep.equal([back("v3")]);
  });

  it("sets the baseline's version when that was another", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v1" } },
    });
    const plan = await planned(fixIamPolicyVersionAdmin, created, {
      aws: policyVersions(read, read, admin),
      baselines,
    });
    expect(callsOf(plan).calls[0]).to.deep.equal(back("v1"));
  });

  it("is already-ok when the version that was set was the default before", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v3" } },
    });
    const aws = policyVersions(read, read, read);
    expectOutcome(await planned(fixIamPolicyVersionAdmin, set, { aws, baselines }), "already-ok");
  });

  it("never sets a version that leads to administrator rights where the new one does not", async () => {
    const attach = '{"Statement":[{"Effect":"Allow","Action":"iam:Attach*","Resource":"*"}]}';
    const attachAndPut =
      '{"Statement":[{"Effect":"Allow","Action":["iam:Attach*","iam:Put*"],"Resource":"*"}]}';
    const escalated = {
      ...created,
      requestParameters: { ...created.requestParameters, policyDocument: attach },
    };
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, escalated, { aws: policyVersions(read, attachAndPut, attach) }),
      "refused",
    );
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, escalated, { aws: policyVersions(read, admin, attach) }),
      "refused",
    );
    const plan = await planned(fixIamPolicyVersionAdmin, escalated, {
      aws: policyVersions(read, attach, attachAndPut),
    });
    expect(callsOf(plan).calls[0]).to.deep.equal(back("v2"));
  });

  it("sets the default back and keeps a version that was there already", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v1" } },
    });
    expectPlan(
      await planned(fixIamPolicyVersionAdmin, set, { aws: policyVersions(read, read, admin), baselines }),
      [back("v1")],
      [back("v3")],
    );
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, set, { aws: policyVersions(read, read, admin) }),
      "needs-baseline",
    );
  });

  it("never sets a version that grants administrator rights", async () => {
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: policyVersions(read, admin, admin) }),
      "refused",
    );
  });

  it("otherwise says why not", async () => {
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: policyVersions(read, read, admin, read) }),
      "already-ok",
    );
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: { "iam:ListPolicyVersions": gone } }),
      "already-ok",
    );
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v9" } },
    });
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: policyVersions(read, read, admin), baselines }),
      "changed-since",
    );
    expectOutcome(await planned(fixIamPolicyVersionAdmin, { ...created, responseElements: null }), "refused");
  });
});
