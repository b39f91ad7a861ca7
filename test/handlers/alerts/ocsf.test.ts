import { expect } from "chai";
import fc from "fast-check";
import { ocsfOf, ocsfOfSummary } from "../../../handlers/alerts/ocsf";
import { differencesSummary, openedSummary, trialSummary } from "../../../handlers/alerts/summaries";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { findingOf } from "../../../handlers/detections/finding";
import { detections } from "../../../handlers/detections/index";
import { anAlert } from "../../support/alert";
import { aFinding, aMinuteLater, aRecord, someSettings } from "../../support/factories";
import { mangledFrom } from "../../support/hostile";
import { ocsfProblemsOf } from "../../support/ocsf";

describe("an alert in OCSF", () => {
  it("is a Detection Finding that the schema accepts, whatever the outcome", () => {
    for (const outcome of ["fixed", "failed", "refused", "alerted", "planned", "already-ok"] as const)
      expect(ocsfProblemsOf(ocsfOf(anAlert({ outcome, reason: "because" }))), outcome).to.deep.equal([]);
  });

  it("is checked by a schema that rejects what is wrong", () => {
    expect(ocsfProblemsOf({ ...ocsfOf(anAlert()), severity_id: 7, motto: "x" })).to.have.length(2);
  });

  it("says what happened, who did it, and how it ended", () => {
    const finding = ocsfOf(anAlert());
    expect(finding).to.deep.include({
      class_uid: 2004,
      severity_id: 5,
      status_id: 4,
      status: "Resolved",
      status_code: "fixed",
      message: "Administrator policy attached to a user by mallory",
      time: aMinuteLater,
    });
    expect(finding.finding_info).to.deep.include({
      desc: "Administrator policy attached to a user: iam:AttachUserPolicy by mallory on bob in 111122223333 us-east-1. Outcome: fixed (Detach it).",
    });
    expect(finding.unmapped).to.have.nested.property("rollback.command");
    expect(ocsfOf(anAlert({ outcome: "planned" }))).to.include({ status_id: 1, status: "New" });
  });

  it("is valid for every detection", () => {
    for (const detection of detections)
      expect(ocsfProblemsOf(ocsfOf(anAlert({}, aFinding({ detection })))), detection.id).to.deep.equal([]);
  });

  it("is valid for a hostile record", () => {
    fc.assert(
      fc.property(mangledFrom(aRecord({ errorCode: "AccessDenied" })), (record) => {
        const { detection, severity, match } = aFinding();
        const finding = findingOf({ detection, severity, match }, record, actorOf(record), "s3://logs/a");
        expect(ocsfProblemsOf(ocsfOf(anAlert({}, finding)))).to.deep.equal([]);
      }),
    );
  });

  it("is valid for an alert about more than one finding, of whatever kind", () => {
    for (const summary of [
      openedSummary({ detection: "iam-user-created", max: 3 }, someSettings()),
      openedSummary({ max: 3 }, someSettings()),
      differencesSummary([], someSettings()),
      trialSummary("test 2026-05-04T10:00:00.000Z", "test", someSettings()),
    ]) {
      const finding = ocsfOfSummary(summary, aMinuteLater);
      expect(ocsfProblemsOf(finding), summary.subject).to.deep.equal([]);
      expect(finding.unmapped).to.deep.equal({ summary: summary.json.summary });
    }
  });
});
