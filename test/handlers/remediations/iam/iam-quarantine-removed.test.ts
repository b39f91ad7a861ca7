import { fixIamQuarantineRemoved } from "../../../../handlers/remediations/iam/iam-quarantine-removed";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const gone = failing("NoSuchEntityException");

describe("iam-quarantine-removed", () => {
  const policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
  const record = { eventName: "DetachUserPolicy", requestParameters: { userName: "bob", policyArn } };
  const attached = (answer: Answers[string]) => ({ aws: { "iam:ListAttachedUserPolicies": answer } });
  const input = { UserName: "bob", PolicyArn: policyArn };

  it("attaches it again", async () => {
    expectPlan(
      await planned(fixIamQuarantineRemoved, record, attached({ AttachedPolicies: [] })),
      [["AttachUserPolicy", input]],
      [["DetachUserPolicy", input]],
    );
  });

  it("otherwise says why not", async () => {
    const there = attached({ AttachedPolicies: [{ PolicyArn: policyArn }] });
    expectOutcome(await planned(fixIamQuarantineRemoved, record, there), "already-ok");
    expectOutcome(await planned(fixIamQuarantineRemoved, record, attached(gone)), "changed-since");
    expectOutcome(
      await planned(fixIamQuarantineRemoved, { ...record, eventName: "DeleteUserPolicy" }),
      "needs-baseline",
    );
  });
});
