import { expect } from "chai";
import { fixIamRolesanywhereTrustAnchor } from "../../../../handlers/remediations/iam/iam-rolesanywhere-trust-anchor";
import type { Plan } from "../../../../handlers/remediations/remediation";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

describe("iam-rolesanywhere-trust-anchor", () => {
  for (const [type, member, id] of [
    ["TrustAnchor", "trustAnchor", "trustAnchorId"],
    ["Profile", "profile", "profileId"],
  ] as const)
    describe(`of Create${type}`, () => {
      const uuid = "0f0e0d0c-0000-4000-8000-000000000009";
      const record = {
        eventName: `Create${type}`,
        awsRegion: "eu-west-1",
        requestParameters: { name: "x" },
        responseElements: { [member]: { [id]: uuid, enabled: true } },
      };
      const live = (answer: Answers[string]) => ({ aws: { [`rolesanywhere:Get${type}`]: answer } });

      it("disables it in its region", async () => {
        const plan = await planned(
          fixIamRolesanywhereTrustAnchor,
          record,
          live({ [member]: { enabled: true } }),
        );
        expectPlan(plan, [[`Disable${type}`, { [id]: uuid }]], [[`Enable${type}`, { [id]: uuid }]]);
        expect((plan as Plan).calls[0]?.region).to.equal("eu-west-1");
      });

      it("is already-ok when it is disabled or gone", async () => {
        for (const answer of [{ [member]: { enabled: false } }, failing("ResourceNotFoundException")])
          expectOutcome(await planned(fixIamRolesanywhereTrustAnchor, record, live(answer)), "already-ok");
      });
    });
});
