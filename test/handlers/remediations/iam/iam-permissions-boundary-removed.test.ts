import { expect } from "chai";
import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixIamPermissionsBoundaryRemoved } from "../../../../handlers/remediations/iam/iam-permissions-boundary-removed";
import { account, type Answers } from "../../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  type Given,
  kept,
  planned,
} from "../../../support/planning";

const region = "us-east-1";
const gone = failing("NoSuchEntityException");
const baseline = (kind: BaselineKind, id: string, document: object) => kept(kind, region, id, document);

describe("iam-permissions-boundary-removed", () => {
  const arn = (name: string) => `arn:aws:iam::${account}:policy/${name}`;

  for (const [subject, kind] of [
    ["User", baselineKinds.user],
    ["Role", baselineKinds.role],
  ] as const) {
    const parameter = `${subject.toLowerCase()}Name`;
    const input = { [`${subject}Name`]: "app" };
    const removed = {
      eventName: `Delete${subject}PermissionsBoundary`,
      requestParameters: { [parameter]: "app" },
    };
    const replaced = {
      eventName: `Put${subject}PermissionsBoundary`,
      requestParameters: { [parameter]: "app", permissionsBoundary: arn("wide") },
    };
    const bounded = (name?: string) => ({
      [subject]: name === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: arn(name) } },
    });
    const live = (name?: string): Answers => ({ [`iam:Get${subject}`]: bounded(name) });
    const baselines = baseline(kind, "app", { [`Get${subject}`]: bounded("narrow") });
    const put = (name: string) => [
      `Put${subject}PermissionsBoundary`,
      { ...input, PermissionsBoundary: arn(name) },
    ];

    describe(subject, () => {
      it("sets the baseline's boundary", async () => {
        expectPlan(
          await planned(fixIamPermissionsBoundaryRemoved, removed, { aws: live(), baselines }),
          [put("narrow")],
          [[`Delete${subject}PermissionsBoundary`, input]],
        );
        expectPlan(
          await planned(fixIamPermissionsBoundaryRemoved, replaced, { aws: live("wide"), baselines }),
          [put("narrow")],
          [put("wide")],
        );
      });

      it("sets the only one that is configured, and none of a pattern or of several", async () => {
        const plan = (...allowedBoundaries: string[]) =>
          planned(fixIamPermissionsBoundaryRemoved, removed, {
            aws: live(),
            configured: { allowedBoundaries },
          });
        expect(callsOf(await plan(arn("narrow"))).calls).to.deep.equal([put("narrow")]);
        expectOutcome(await plan(arn("nar*")), "needs-baseline");
        expectOutcome(await plan(arn("narrow"), arn("other")), "needs-baseline");
        expectOutcome(await plan(), "needs-baseline");
      });

      it("otherwise says why not", async () => {
        const plan = (given: Given) => planned(fixIamPermissionsBoundaryRemoved, replaced, given);
        expectOutcome(await plan({ aws: live("narrow"), baselines }), "already-ok");
        expectOutcome(await plan({ aws: live("third"), baselines }), "changed-since");
        expectOutcome(await plan({ aws: { [`iam:Get${subject}`]: gone }, baselines }), "already-ok");
      });
    });
  }
});
