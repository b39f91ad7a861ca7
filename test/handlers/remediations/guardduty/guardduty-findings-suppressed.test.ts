import { fixGuarddutyFindingsSuppressed } from "../../../../handlers/remediations/guardduty/guardduty-findings-suppressed";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const detectorId = "12abc34d567e8fa901bc2d34e56789f0";
const unknown = failing("BadRequestException");

describe("guardduty-findings-suppressed", () => {
  const suppressed = (eventName: string, own: object, responseElements?: unknown) => ({
    eventName,
    awsRegion,
    requestParameters: { detectorId, ...own },
    responseElements,
  });

  for (const [type, parameter, member] of [
    ["IPSet", "ipSetId", "IpSetId"],
    ["ThreatIntelSet", "threatIntelSetId", "ThreatIntelSetId"],
  ] as const)
    describe(type, () => {
      const list = (answer: Answers[string]) => ({ aws: { [`guardduty:Get${type}`]: answer } });
      const input = { DetectorId: detectorId, [member]: "l1" };
      const created = suppressed(`Create${type}`, { name: "l", activate: true }, { [parameter]: "l1" });

      it("deactivates the list that the event made or activated", async () => {
        for (const record of [created, suppressed(`Update${type}`, { [parameter]: "l1", activate: true })])
          expectPlan(
            await planned(fixGuarddutyFindingsSuppressed, record, list({ Status: "ACTIVE" })),
            [[`Update${type}`, { ...input, Activate: false }]],
            [[`Update${type}`, { ...input, Activate: true }]],
          );
      });

      it("is already-ok when it is inactive or gone", async () => {
        for (const answer of [{ Status: "INACTIVE" }, unknown])
          expectOutcome(await planned(fixGuarddutyFindingsSuppressed, created, list(answer)), "already-ok");
      });

      it("needs a baseline when the event put other addresses into it", async () => {
        const moved = suppressed(`Update${type}`, { [parameter]: "l1", location: "s3://theirs/list" });
        expectOutcome(await planned(fixGuarddutyFindingsSuppressed, moved), "needs-baseline");
      });
    });

  it("activates a threat list that was deactivated, and no list of trusted addresses", async () => {
    const off = (type: string, parameter: string) =>
      suppressed(`Update${type}`, { [parameter]: "l1", activate: false, location: "s3://theirs/list" });
    const input = { DetectorId: detectorId, ThreatIntelSetId: "l1" };
    expectPlan(
      await planned(fixGuarddutyFindingsSuppressed, off("ThreatIntelSet", "threatIntelSetId"), {
        aws: { "guardduty:GetThreatIntelSet": { Status: "INACTIVE" } },
      }),
      [["UpdateThreatIntelSet", { ...input, Activate: true }]],
      [["UpdateThreatIntelSet", { ...input, Activate: false }]],
    );
    expectOutcome(await planned(fixGuarddutyFindingsSuppressed, off("IPSet", "ipSetId")), "needs-baseline");
  });

  describe("filters", () => {
    const live = {
      Name: "hide",
      Description: "",
      Action: "ARCHIVE",
      Rank: 1,
      FindingCriteria: { Criterion: { severity: { Gte: 1 } } },
      CreatedAt: new Date("2026-05-04T10:00:00Z"),
      UpdatedAt: new Date("2026-05-04T10:00:00Z"),
      Tags: {},
    };
    const filter = (own: object) => ({ aws: { "guardduty:GetFilter": { ...live, ...own } } });
    const created = suppressed("CreateFilter", { name: "hide", action: "ARCHIVE" }, { name: "hide" });
    const input = { DetectorId: detectorId, FilterName: "hide" };

    it("deletes one that the event made, and would recreate it", async () => {
      expectPlan(
        await planned(fixGuarddutyFindingsSuppressed, created, filter({})),
        [["DeleteFilter", input]],
        [
          [
            "CreateFilter",
            {
              DetectorId: detectorId,
              Name: "hide",
              Description: "",
              Action: "ARCHIVE",
              Rank: 1,
              FindingCriteria: live.FindingCriteria,
            },
          ],
        ],
      );
    });

    it("removes the archiving from one that the event changed", async () => {
      const changed = suppressed("UpdateFilter", { filterName: "hide", action: "ARCHIVE" });
      expectPlan(
        await planned(fixGuarddutyFindingsSuppressed, changed, filter({})),
        [["UpdateFilter", { ...input, Action: "NOOP" }]],
        [["UpdateFilter", { ...input, Action: "ARCHIVE" }]],
      );
    });

    it("otherwise says why not", async () => {
      const plan = (given: Parameters<typeof planned>[2]) =>
        planned(fixGuarddutyFindingsSuppressed, created, given);
      expectOutcome(await plan(filter({ Action: "NOOP" })), "already-ok");
      expectOutcome(await plan({ aws: { "guardduty:GetFilter": unknown } }), "already-ok");
      expectOutcome(await plan(filter({ UpdatedAt: new Date("2026-05-04T11:00:00Z") })), "changed-since");
    });
  });

  it("unarchives those of the findings that are archived still", async () => {
    const record = suppressed("ArchiveFindings", { findingIds: ["f1", "f2"] });
    const findings = (...archived: boolean[]) => ({
      aws: {
        "guardduty:GetFindings": {
          Findings: archived.map((Archived, index) => ({ Id: `f${index + 1}`, Service: { Archived } })),
        },
      },
    });
    const input = { DetectorId: detectorId, FindingIds: ["f2"] };
    expectPlan(
      await planned(fixGuarddutyFindingsSuppressed, record, findings(false, true)),
      [["UnarchiveFindings", input]],
      [["ArchiveFindings", input]],
    );
    expectOutcome(
      await planned(fixGuarddutyFindingsSuppressed, record, findings(false, false)),
      "already-ok",
    );
  });
});
