import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixIamPasswordPolicyWeakened } from "../../../../handlers/remediations/iam/iam-password-policy-weakened";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, type Given, kept, planned } from "../../../support/planning";

const region = "us-east-1";
const gone = failing("NoSuchEntityException");
const baseline = (kind: BaselineKind, id: string, document: object) => kept(kind, region, id, document);

describe("iam-password-policy-weakened", () => {
  const strict = { MinimumPasswordLength: 16, RequireSymbols: true, MaxPasswordAge: 90 };
  const weak = { MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: true };
  const updated = {
    eventName: "UpdateAccountPasswordPolicy",
    requestParameters: { minimumPasswordLength: 6, requireSymbols: false, requireNumbers: true },
  };
  const deleted = { eventName: "DeleteAccountPasswordPolicy", requestParameters: null };
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetAccountPasswordPolicy": answer } });
  const policy = (own: object) => live({ PasswordPolicy: { ...own, ExpirePasswords: false } });
  const baselines = baseline(baselineKinds.passwordPolicy, "account", {
    GetAccountPasswordPolicy: { PasswordPolicy: { ...strict, ExpirePasswords: true } },
  });
  const configured = { thresholds: { "iam-password-policy-weakened": 14 } };

  it("sets the baseline's policy", async () => {
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, updated, { ...policy(weak), baselines }),
      [["UpdateAccountPasswordPolicy", strict]],
      [["UpdateAccountPasswordPolicy", weak]],
    );
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, deleted, { ...live(gone), baselines }),
      [["UpdateAccountPasswordPolicy", strict]],
      [["DeleteAccountPasswordPolicy", {}]],
    );
  });

  it("raises the length to what is configured, and leaves the rest", async () => {
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, updated, { ...policy(weak), configured }),
      [["UpdateAccountPasswordPolicy", { ...weak, MinimumPasswordLength: 14 }]],
      [["UpdateAccountPasswordPolicy", weak]],
    );
  });

  it("otherwise says why not", async () => {
    const plan = (given: Given) => planned(fixIamPasswordPolicyWeakened, updated, given);
    expectOutcome(await plan(policy(weak)), "needs-baseline");
    expectOutcome(await plan({ ...policy(strict), baselines }), "already-ok");
    expectOutcome(await plan({ ...policy(strict), configured }), "already-ok");
    expectOutcome(
      await plan({ ...policy({ ...weak, MinimumPasswordLength: 8 }), baselines }),
      "changed-since",
    );
    // What the call left out, IAM has switched off: somebody switched it on since.
    expectOutcome(await plan({ ...policy({ ...weak, RequireSymbols: true }), baselines }), "changed-since");
    expectOutcome(await plan({ ...policy({ ...weak, MaxPasswordAge: 90 }), baselines }), "changed-since");
    expectOutcome(await plan({ ...live(gone), baselines }), "changed-since");
    expectOutcome(
      await planned(fixIamPasswordPolicyWeakened, deleted, { ...policy(weak), baselines }),
      "changed-since",
    );
  });
});
