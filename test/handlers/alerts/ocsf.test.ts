import Ajv2020 from "ajv/dist/2020";
import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Alert, alertOf } from "../../../handlers/alerts/alert";
import { ocsfOf, ocsfVersion } from "../../../handlers/alerts/ocsf";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { findingOf } from "../../../handlers/detections/finding";
import { detections } from "../../../handlers/detections/index";
import type { Result } from "../../../handlers/findings/result";
import { aFinding, aMinuteLater, aRecord, someSettings } from "../../support/factories";
import { mangledFrom } from "../../support/hostile";

const schema = JSON.parse(
  readFileSync(join(__dirname, "schemas", `ocsf-detection-finding-${ocsfVersion}.json`), "utf8"),
) as object;
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

/** What the schema says against a finding. */
function problemsOf(finding: unknown): string[] {
  validate(JSON.parse(JSON.stringify(finding)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const call = (operation: string) => ({
  service: "iam",
  operation,
  region: "us-east-1",
  input: { UserName: "bob" },
});
const plan = {
  summary: "Detach it",
  calls: [call("DetachUserPolicy")],
  rollback: [call("AttachUserPolicy")],
};
const alert = (result: Partial<Result> = {}, finding = aFinding()): Alert =>
  alertOf({ finding, result: { outcome: "fixed", plan, ...result }, seenAt: aMinuteLater }, someSettings());

describe("an alert in OCSF", () => {
  it("is a Detection Finding that the schema accepts, whatever the outcome", () => {
    for (const outcome of ["fixed", "failed", "refused", "alerted", "planned", "already-ok"] as const)
      expect(problemsOf(ocsfOf(alert({ outcome, reason: "because" }))), outcome).to.deep.equal([]);
  });

  it("is checked by a schema that rejects what is wrong", () => {
    expect(problemsOf({ ...ocsfOf(alert()), severity_id: 7, motto: "x" })).to.have.length(2);
  });

  it("says what happened, who did it, and how it ended", () => {
    const finding = ocsfOf(alert());
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
    expect(ocsfOf(alert({ outcome: "planned" }))).to.include({ status_id: 1, status: "New" });
  });

  it("is valid for every detection", () => {
    for (const detection of detections)
      expect(problemsOf(ocsfOf(alert({}, aFinding({ detection })))), detection.id).to.deep.equal([]);
  });

  it("is valid for a hostile record", () => {
    fc.assert(
      fc.property(mangledFrom(aRecord({ errorCode: "AccessDenied" })), (record) => {
        const { detection, severity, match } = aFinding();
        const finding = findingOf({ detection, severity, match }, record, actorOf(record), "s3://logs/a");
        expect(problemsOf(ocsfOf(alert({}, finding)))).to.deep.equal([]);
      }),
    );
  });
});
