import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixIamInlineAdminPolicy } from "../../../../handlers/remediations/iam/iam-inline-admin-policy";
import { callsOf, expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

describe("iam-inline-admin-policy", () => {
  const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const record = {
    eventName: "PutUserPolicy",
    requestParameters: { userName: "bob", policyName: "all", policyDocument: document },
  };
  const input = { UserName: "bob", PolicyName: "all" };
  const live = (text: string) => ({ "iam:GetUserPolicy": { PolicyDocument: encodeURIComponent(text) } });

  it("deletes the policy that says what the event wrote, whatever the order of its keys", async () => {
    const reordered = '{"Statement":[{"Resource":"*","Action":"*","Effect":"Allow"}]}';
    expectPlan(
      await planned(fixIamInlineAdminPolicy, record, { aws: live(reordered) }),
      [["DeleteUserPolicy", input]],
      [["PutUserPolicy", { ...input, PolicyDocument: reordered }]],
    );
  });

  it("says that it may have been put over another one", async () => {
    const plan = await planned(fixIamInlineAdminPolicy, record, { aws: live(document) });
    expect("summary" in plan && plan.summary).to.match(/whether the call put it over another one .* lost/);
  });

  describe("with a baseline", () => {
    const narrow = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
    const over = (baseline: object) =>
      planned(fixIamInlineAdminPolicy, record, {
        aws: live(document),
        baselines: kept(baselineKinds.userPolicy, "us-east-1", "bob/all", baseline),
      });
    const was = (text: string) => over({ GetUserPolicy: { PolicyDocument: encodeURIComponent(text) } });

    it("puts the policy that the event overwrote", async () => {
      expectPlan(
        await was(narrow),
        [["PutUserPolicy", { ...input, PolicyDocument: narrow }]],
        [["PutUserPolicy", { ...input, PolicyDocument: document }]],
      );
    });

    it("deletes one that is known to have overwritten none, and says nothing of a loss", async () => {
      const plan = await over({});
      expect(callsOf(plan).calls).to.deep.equal([["DeleteUserPolicy", input]]);
      expect("summary" in plan && plan.summary).to.equal("Delete the inline policy all of the user bob");
    });

    it("is already-ok when the policy says again what it said before", async () => {
      const plan = await planned(fixIamInlineAdminPolicy, record, {
        aws: live(narrow),
        baselines: kept(baselineKinds.userPolicy, "us-east-1", "bob/all", {
          GetUserPolicy: { PolicyDocument: encodeURIComponent(narrow) },
        }),
      });
      expectOutcome(plan, "already-ok");
    });

    it("brings no administrator rights back", async () => {
      expectOutcome(await was(document), "already-ok");
      const wider =
        '{"Statement":[{"Effect":"Allow","NotAction":"s3:*","Resource":"*"},' + document.slice(14);
      expectOutcome(await was(wider), "refused");
    });
  });

  it("leaves a policy that was written again", async () => {
    const other = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    expectOutcome(await planned(fixIamInlineAdminPolicy, record, { aws: live(other) }), "changed-since");
  });

  it("is already-ok when it is gone", async () => {
    const answers = { "iam:GetUserPolicy": failing("NoSuchEntityException") };
    expectOutcome(await planned(fixIamInlineAdminPolicy, record, { aws: answers }), "already-ok");
  });

  for (const subject of ["Role", "Group"])
    it(`does the same for a ${subject.toLowerCase()}`, async () => {
      const parameters = {
        [`${subject.toLowerCase()}Name`]: "ops",
        policyName: "all",
        policyDocument: document,
      };
      const plan = await planned(
        fixIamInlineAdminPolicy,
        { eventName: `Put${subject}Policy`, requestParameters: parameters },
        { aws: { [`iam:Get${subject}Policy`]: { PolicyDocument: encodeURIComponent(document) } } },
      );
      expect(callsOf(plan).calls).to.deep.equal([
        [`Delete${subject}Policy`, { [`${subject}Name`]: "ops", PolicyName: "all" }],
      ]);
    });
});
