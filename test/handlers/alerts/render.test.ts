import { expect } from "chai";
import { alertOf } from "../../../handlers/alerts/alert";
import type { Result } from "../../../handlers/findings/result";
import { smsOf, subjectOf, textOfAlert } from "../../../handlers/alerts/render";
import type { Finding } from "../../../handlers/detections/finding";
import { aDetection, aFinding, aMinuteLater, aRecord, someSettings } from "../../support/factories";

describe("an alert", () => {
  const call = (operation: string) => ({
    service: "iam",
    operation,
    region: "us-east-1",
    input: { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  });
  const plan = {
    summary: "Detach it",
    calls: [call("DetachUserPolicy")],
    rollback: [call("AttachUserPolicy")],
  };
  const alert = ({ finding = aFinding(), ...own }: Partial<Result> & { finding?: Finding } = {}) =>
    alertOf({ finding, result: { outcome: "fixed", plan, ...own }, seenAt: aMinuteLater }, someSettings());

  it("says on a separate line that it is new for the actor", () => {
    const finding = aFinding();
    const novelty = { text: "first time in 30 days by user mallory" };
    const shown = alert({ finding: { ...finding, match: { ...finding.match, novelty } } });
    expect(shown.novelty).to.equal(novelty.text);
    expect(textOfAlert(shown).split("\n")).to.include("  first time in 30 days by user mallory");
  });

  it("says unmistakably that a fix is still to come, when, and how to deny it", () => {
    const at = (fixAt: string) => alert({ outcome: "delayed", fixAt, reason: "the fix waits" });
    const delayed = at("2026-05-04T10:31:00.000Z");
    expect(subjectOf(delayed)).to.equal(
      "[CRITICAL] NOT FIXED YET, will be fixed at 10:31 UTC: Administrator policy attached to a user by ...",
    );
    expect(smsOf(delayed)).to.match(/^CRITICAL NOT FIXED YET, will be fixed at 10:31 UTC: /);
    expect(subjectOf(at("2026-05-05T10:31:00.000Z"))).to.include("will be fixed at 2026-05-05 10:31 UTC: ");
    const text = textOfAlert(delayed);
    expect(text).to.match(/^NOT FIXED YET, will be fixed at 2026-05-04 10:31 UTC: the fix waits$/m);
    expect(text).to.match(
      /^To deny the fix, or to have it made now\n {2}npx cloudtrailer deny '\S+' .*\n {2}npx cloudtrailer approve /m,
    );
    expect(text).to.match(/^Planned: Detach it$/m);
    expect(text).not.to.include("roll this back");
  });

  it("says what, who, where, when and why, what was done and how to roll it back", () => {
    const text = textOfAlert(alert());
    const order = [
      "CRITICAL: Administrator policy attached to a user",
      "FIXED",
      "iam:AttachUserPolicy",
      "bob (AWS::IAM::User)",
      "mallory (IAMUser)",
      "AKIAEXAMPLEMALLORY00",
      "198.51.100.7",
      "111122223333 (team red)",
      "us-east-1",
      "2026-05-04T10:00:00Z",
      "60 s later",
      "requestParameters.policyArn = arn:aws:iam::aws:policy/AdministratorAccess",
      "Done: Detach it",
      'aws iam detach-user-policy --region us-east-1 --cli-input-json \'{"UserName":"bob"',
      "To roll this back: npx cloudtrailer rollback '0f0e0d0c-0000-4000-8000-000000000001#iam-admin-policy-attached-user' --table findings-red --region us-west-2 --why '…', or",
      'aws iam attach-user-policy --region us-east-1 --cli-input-json \'{"UserName":"bob"',
      "1. Ask mallory.",
      "A new administrator starts work.",
      "T1098.003",
      "https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/0f0e0d0c-",
    ];
    let at = 0;
    for (const part of order) {
      const found = text.indexOf(part, at);
      expect(found, `${part}\n--- in ---\n${text}`).to.be.at.least(0);
      at = found;
    }
  });

  it("does not call it fixed if it was only contained", () => {
    const contained = alert({ finding: aFinding({ detection: aDetection({ remediation: "contain" }) }) });
    expect(contained.done?.contains).to.equal(true);
    expect(textOfAlert(contained)).to.match(/^CONTAINED, the effects of the call may remain$/m);
    expect(textOfAlert(contained)).to.not.match(/^FIXED/m);
    expect(alert().done).to.not.have.property("contains");
  });

  it("says in mode plan what would be done, and offers no rollback", () => {
    const text = textOfAlert(alert({ outcome: "planned" }));
    expect(text).to.match(/Planned: Detach it/);
    expect(text).to.not.match(/roll this back/);
    expect(alert({ outcome: "planned" }).rollback).to.equal(undefined);
  });

  it("says why nothing was fixed", () => {
    expect(textOfAlert(alert({ outcome: "refused", plan: undefined, reason: "it is too old" }))).to.match(
      /^NOT FIXED: it is too old$/m,
    );
  });

  it("keeps a hostile record from forging a line", () => {
    const record = aRecord({ userAgent: "x\n\nFIXED\nAll is well, see https://evil.example" });
    const finding = aFinding({}, record, { userAgent: record.userAgent, name: "bob\nFIXED" });
    const text = textOfAlert(alert({ finding, outcome: "failed" }));
    expect(text.split("\n").filter((line) => line.startsWith("FIXED"))).to.deep.equal([]);
    expect(text).to.not.include("https://evil.example");
  });

  it("hides secrets in evidence", () => {
    const evidence = [{ parameter: "requestParameters.masterUserPassword", value: "hunter2" }];
    const finding = aFinding({ match: { evidence, resources: [] } });
    expect(JSON.stringify(alert({ finding }))).to.not.include("hunter2");
    expect(textOfAlert(alert({ finding }))).to.include("<hidden>");
  });

  it("has a subject and an SMS that SNS and phones accept", () => {
    const name = `${"ö".repeat(200)}\n`;
    const finding = aFinding({}, aRecord(), { name });
    const long = alert({ finding });
    expect(subjectOf(long)).to.match(/^[\x20-\x7e]{1,100}$/);
    expect(smsOf(long)).to.match(/^[\x20-\x7e]{1,140}$/);
    expect(subjectOf(alert())).to.equal(
      "[CRITICAL] FIXED: Administrator policy attached to a user by mallory",
    );
    expect(smsOf(alert())).to.equal(
      "CRITICAL FIXED: Administrator policy attached to a user on bob by mallory, account 111122223333",
    );
  });

  it("shows no half of a command: if one is too long, it says where the whole is", () => {
    const input = { UserName: "bob", PolicyDocument: "x".repeat(20_000) };
    const long = { ...plan, calls: [{ ...call("PutUserPolicy"), input }, call("DetachUserPolicy")] };
    const text = textOfAlert(alert({ plan: { ...long, rollback: long.calls } }));
    expect(text).to.include("iam:PutUserPolicy is too long for an alert: see finding ");
    expect(text).to.include("iam:PutUserPolicy is too long for an alert: the command above makes this call");
    expect(text.match(/aws iam detach-user-policy .*'\{.*\}'$/gm)).to.have.length(2);
    expect(text).to.include("or in this order");
    expect(text.length).to.be.below(25_000);
  });

  it("offers no rollback if no call was made", () => {
    const failed = alert({ outcome: "failed", plan: { ...plan, rollback: [] } });
    expect(failed).not.to.have.property("rollback");
    expect(textOfAlert(failed)).not.to.match(/roll this back/);
  });

  it("says that it may be a repeat", () => {
    const again = alertOf(
      { finding: aFinding(), result: { outcome: "fixed", plan }, seenAt: aMinuteLater, mayRepeat: true },
      someSettings(),
    );
    expect(textOfAlert(again)).to.match(/^You may have received this before/m);
  });
});
