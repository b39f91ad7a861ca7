import { expect } from "chai";
import type { Remediation } from "../../../../handlers/remediations/remediation";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const adminArn = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Describes a remediation that detaches a managed policy from a user, role or group. */
export function describeDetaching(remediation: Remediation, subject: "User" | "Role" | "Group"): void {
  describe(remediation.id, () => {
    const record = {
      eventName: `Attach${subject}Policy`,
      requestParameters: { [`${subject.toLowerCase()}Name`]: "ops", policyArn: adminArn },
    };
    const list = `iam:ListAttached${subject}Policies`;

    it("detaches that policy, and would attach it again", async () => {
      const attached = [{ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, { PolicyArn: adminArn }];
      const input = { [`${subject}Name`]: "ops", PolicyArn: adminArn };
      expectPlan(
        await planned(remediation, record, { aws: { [list]: { AttachedPolicies: attached } } }),
        [[`Detach${subject}Policy`, input]],
        [[`Attach${subject}Policy`, input]],
      );
    });

    it("is already-ok when it is detached or its subject is gone", async () => {
      expectOutcome(
        await planned(remediation, record, { aws: { [list]: { AttachedPolicies: [] } } }),
        "already-ok",
      );
      const gone = failing("NoSuchEntityException");
      expectOutcome(await planned(remediation, record, { aws: { [list]: gone } }), "already-ok");
    });

    it("throws when it may not look", async () => {
      const error = await planned(remediation, record, { aws: { [list]: failing("AccessDenied") } }).catch(
        (e: Error) => e,
      );
      expect(error).to.have.property("name", "AccessDenied");
    });

    it("refuses a record that does not say whom", async () => {
      const nobody = { ...record, requestParameters: { policyArn: adminArn } };
      expectOutcome(await planned(remediation, nobody), "refused");
    });
  });
}

/** Answers with the versions v1, v2, … of a managed policy, of which the last is the default. */
export function policyVersions(...documents: string[]): Answers {
  return {
    "iam:ListPolicyVersions": {
      Versions: documents.map((_, index) => ({
        VersionId: `v${index + 1}`,
        IsDefaultVersion: index === documents.length - 1,
      })),
    },
    "iam:GetPolicyVersion": ({ VersionId }) => ({
      PolicyVersion: {
        Document: encodeURIComponent(documents[Number(String(VersionId).slice(1)) - 1] ?? ""),
      },
    }),
  };
}
