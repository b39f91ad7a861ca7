import { fixMacieDisabled } from "../../../../handlers/remediations/macie/macie-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "us-east-1";

describe("macie-disabled", () => {
  const record = (eventName: string, own: object = {}, responseElements: unknown = null) => ({
    eventName,
    awsRegion,
    requestParameters: own,
    responseElements,
  });
  const session = (answer: Answers[string]) => ({ aws: { "macie2:GetMacieSession": answer } });
  const off = session(failing("AccessDeniedException", "Macie is not enabled."));

  it("enables Macie, or ends its pause", async () => {
    expectPlan(
      await planned(fixMacieDisabled, record("DisableMacie"), off),
      [["EnableMacie", { status: "ENABLED" }]],
      [["DisableMacie", {}]],
    );
    expectPlan(
      await planned(
        fixMacieDisabled,
        record("UpdateMacieSession", { status: "PAUSED" }),
        session({ status: "PAUSED" }),
      ),
      [["UpdateMacieSession", { status: "ENABLED" }]],
      [["UpdateMacieSession", { status: "PAUSED" }]],
    );
  });

  it("otherwise says why not", async () => {
    const paused = record("UpdateMacieSession", { status: "PAUSED" });
    expectOutcome(
      await planned(fixMacieDisabled, record("DisableMacie"), session({ status: "ENABLED" })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixMacieDisabled, record("DisableMacie"), session({ status: "PAUSED" })),
      "changed-since",
    );
    expectOutcome(await planned(fixMacieDisabled, paused, off), "changed-since");
  });

  it("tells Macie that is off from Macie that it may not see", async () => {
    const denied = session(
      failing("AccessDeniedException", "User is not authorized to perform: macie2:GetMacieSession"),
    );
    const error = await planned(fixMacieDisabled, record("DisableMacie"), denied).catch(
      (thrown: Error) => thrown,
    );
    if (!(error instanceof Error) || error.name !== "AccessDeniedException")
      throw new Error("expected the denial to be thrown");
  });

  describe("filters", () => {
    const live = {
      id: "f1",
      arn: "arn:aws:macie2:us-east-1:111122223333:findings-filter/f1",
      name: "hide",
      action: "ARCHIVE",
      position: 1,
      findingCriteria: { criterion: { "severity.description": { eq: ["High"] } } },
      tags: {},
    };
    const filter = (answer: Answers[string]) => ({ aws: { "macie2:GetFindingsFilter": answer } });
    const created = record("CreateFindingsFilter", { name: "hide", action: "ARCHIVE" }, { id: "f1" });

    it("deletes one that the event made and removes the archiving from one that it changed", async () => {
      expectPlan(
        await planned(fixMacieDisabled, created, filter(live)),
        [["DeleteFindingsFilter", { id: "f1" }]],
        [
          [
            "CreateFindingsFilter",
            { name: "hide", action: "ARCHIVE", position: 1, findingCriteria: live.findingCriteria },
          ],
        ],
      );
      expectPlan(
        await planned(
          fixMacieDisabled,
          record("UpdateFindingsFilter", { id: "f1", action: "ARCHIVE" }),
          filter(live),
        ),
        [["UpdateFindingsFilter", { id: "f1", action: "NOOP" }]],
        [["UpdateFindingsFilter", { id: "f1", action: "ARCHIVE" }]],
      );
    });

    it("otherwise says why not", async () => {
      expectOutcome(
        await planned(fixMacieDisabled, created, filter({ ...live, action: "NOOP" })),
        "already-ok",
      );
      expectOutcome(
        await planned(fixMacieDisabled, created, filter(failing("ResourceNotFoundException"))),
        "already-ok",
      );
      expectOutcome(
        await planned(fixMacieDisabled, created, filter({ ...live, name: "ours" })),
        "changed-since",
      );
    });
  });
});
