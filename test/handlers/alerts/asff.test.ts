import { expect } from "chai";
import { type Alert, alertOf } from "../../../handlers/alerts/alert";
import { asffOf } from "../../../handlers/alerts/asff";
import { detections } from "../../../handlers/detections/index";
import type { Result } from "../../../handlers/findings/result";
import { aFinding, aMinuteLater, someSettings } from "../../support/factories";
import { problemsOfCall } from "../../support/service-model";

const alert = (result: Partial<Result> = {}, finding = aFinding()): Alert =>
  alertOf({ finding, result: { outcome: "alerted", ...result }, seenAt: aMinuteLater }, someSettings());

/** What BatchImportFindings would reject, according to AWS's model. */
const problemsOf = (finding: object) =>
  problemsOfCall({
    service: "securityhub",
    operation: "BatchImportFindings",
    region: "us-west-2",
    input: { Findings: [finding] },
  });

describe("an alert in the AWS Security Finding Format", () => {
  it("is what BatchImportFindings takes, for every detection", () => {
    for (const detection of detections)
      expect(problemsOf(asffOf(alert({}, aFinding({ detection })))), detection.id).to.deep.equal([]);
    expect(problemsOf({ ...asffOf(alert()), Severity: { Label: "BAD" }, Motto: 1 })).to.have.length(2);
  });

  it("belongs to the account and region that import it", () => {
    const finding = asffOf(alert(), { home: { account: "444455556666", region: "cn-north-1" } });
    expect(finding.AwsAccountId).to.equal("444455556666");
    expect(finding.ProductArn).to.equal(
      "arn:aws-cn:securityhub:cn-north-1:444455556666:product/444455556666/default",
    );
    expect(finding.Resources).to.deep.equal([
      { Type: "AwsIamUser", Id: "bob", Partition: "aws", Region: "us-east-1" },
    ]);
  });

  it("is resolved when it is fixed, and has the same ID", () => {
    const before = asffOf(alert());
    const fixed = asffOf(alert({ outcome: "fixed" }));
    expect([before.Workflow.Status, fixed.Workflow.Status]).to.deep.equal(["NEW", "RESOLVED"]);
    expect([before.RecordState, fixed.RecordState]).to.deep.equal(["ACTIVE", "ARCHIVED"]);
    expect(fixed.Id).to.equal(before.Id);
  });

  it("keeps within Security Hub's limits", () => {
    const finding = aFinding({ title: "x".repeat(5_000) });
    finding.match.resources = Array.from({ length: 100 }, () => ({
      type: "AWS::Odd",
      id: "y".repeat(2_000),
    }));
    const { Title, Description, Resources } = asffOf(alert({}, finding));
    expect([String(Title).length, String(Description).length]).to.deep.equal([256, 1_024]);
    expect(Resources).to.have.length(32);
    expect((Resources as { Type: string; Id: string }[])[0]).to.include({ Type: "Other" });
    expect((Resources as { Id: string }[])[0]?.Id).to.have.length(512);
  });
});
