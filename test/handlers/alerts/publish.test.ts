import { expect } from "chai";
import { createPublisher } from "../../../handlers/alerts/publish";
import type { Call } from "../../../handlers/aws/call";
import type { Result } from "../../../handlers/findings/result";
import { aFinding, aMinuteLater, aRecord, awsError, fakeAws, someSettings } from "../../support/factories";

describe("createPublisher", () => {
  /** Alerts one finding and returns the input of the one publish. */
  async function published(finding = aFinding(), result: Result = { outcome: "alerted" }) {
    const { aws, calls } = fakeAws({ "sns:Publish": {} });
    await createPublisher(aws, someSettings(), async () => {}).alert({
      finding,
      result,
      seenAt: aMinuteLater,
    });
    expect(calls).to.have.length(1);
    return calls[0]?.input as { Message: string; Subject: string; MessageAttributes: Record<string, object> };
  }

  it("publishes once, with a form for each kind of subscriber", async () => {
    const input = await published();
    expect(input).to.deep.include({
      TopicArn: "arn:aws:sns:us-west-2:111122223333:security-alerts-red",
      MessageStructure: "json",
    });
    const forms = JSON.parse(input.Message) as Record<string, string>;
    expect(forms.email).to.match(/^CRITICAL: /);
    expect(forms.sms).to.have.length.at.most(140);
    expect(JSON.parse(String(forms.default))).to.deep.include({
      version: 1,
      detection: "iam-admin-policy-attached-user",
      outcome: "alerted",
      eventID: aRecord().eventID,
    });
  });

  describe("when SNS does not answer", () => {
    const failing = (...errors: Error[]) => {
      const { aws, calls } = fakeAws({
        "sns:Publish": () => {
          const error = errors.shift();
          if (error !== undefined) throw error;
          return {};
        },
      });
      const pauses: number[] = [];
      const publisher = createPublisher(aws, someSettings(), async (ms) => void pauses.push(ms));
      const alert = () =>
        publisher.alert({ finding: aFinding(), result: { outcome: "alerted" }, seenAt: aMinuteLater });
      const forms = () =>
        calls.map(({ input }) => JSON.parse(String(input.Message)) as { default: string; email: string });
      const marks = () => forms().map((form) => (JSON.parse(form.default) as { mayRepeat?: true }).mayRepeat);
      return { publisher, alert, calls, forms, marks, pauses };
    };
    const lost = () => awsError("TimeoutError", "Request timed out");

    it("publishes again, and says so, since the first message may have arrived", async () => {
      const { alert, calls, forms, marks, pauses } = failing(lost());
      await alert();
      expect(marks()).to.deep.equal([undefined, true]);
      expect(forms()[1]?.email).to.include("You may have received this before");
      expect(pauses).to.have.length(1);
      // An attempt that the SDK repeats by itself could not say so.
      expect(calls.map(({ once }) => once)).to.deep.equal([true, true]);
    });

    it("does not say so when SNS was only called too often", async () => {
      const { alert, marks } = failing(awsError("ThrottlingException", "Rate exceeded"));
      await alert();
      expect(marks()).to.deep.equal([undefined, undefined]);
    });

    it("marks summaries as well", async () => {
      const { publisher, forms, marks } = failing(lost());
      await publisher.alertOpened({ detection: "iam-admin-policy-attached-user", max: 10 });
      expect(marks()).to.deep.equal([undefined, true]);
      expect(forms()[1]?.email).to.include("You may have received this before");
    });

    it("gives up after three attempts, and at once when it may not publish", async () => {
      const down = failing(lost(), lost(), lost(), lost());
      expect(await down.alert().catch(({ name }: Error) => name)).to.equal("TimeoutError");
      expect(down.calls).to.have.length(3);
      const denied = failing(awsError("AuthorizationErrorException"));
      expect(await denied.alert().catch(({ name }: Error) => name)).to.equal("AuthorizationErrorException");
      expect(denied.calls).to.have.length(1);
    });
  });

  it("has the attributes that subscribers filter by", async () => {
    const text = (StringValue: string) => ({ DataType: "String", StringValue });
    expect((await published()).MessageAttributes).to.deep.equal({
      severity: text("critical"),
      detection: text("iam-admin-policy-attached-user"),
      account: text("111122223333"),
      region: text("us-east-1"),
      outcome: text("alerted"),
    });
  });

  it("sums up what is wrong with digests, whatever their keys are and however many", async () => {
    const { aws, calls } = fakeAws({ "sns:Publish": {} });
    const { alertDigests } = createPublisher(aws, someSettings(), async () => {});
    const problem = {
      kind: "log-file-altered" as const,
      region: "us-west-2",
      key: `AWSLogs/'; touch x #${"\u202e😀".repeat(400)}`,
      text: "it was changed\u001b[2J",
    };
    await alertDigests(
      Array.from({ length: 1_000 }, () => problem),
      "arn:aws:cloudtrail:::trail/o'urs",
    );
    const late = { ...problem, kind: "log-file-unnotified" as const };
    await alertDigests([late], "t");
    await alertDigests([], "t");
    const inputs = calls.map(({ input }) => input as { Subject: string; Message: string });
    expect(inputs.map(({ Subject }) => Subject)).to.deep.equal([
      "[CRITICAL] CloudTrail's log files cannot be trusted: us-west-2",
      "[HIGH] Log files were processed late, or not at all: us-west-2",
      "[INFO] CloudTrail's digests are complete and in order again",
    ]);
    const forms = JSON.parse(String(inputs[0]?.Message)) as Record<string, string>;
    expect(Buffer.byteLength(String(inputs[0]?.Message))).to.be.below(262_144 - 2_000);
    expect(forms.email).to.include("  and 980 more\n");
    expect(forms.email).to.include("--trail 'arn:aws:cloudtrail:::trail/o?urs' --table");
    expect(forms.email).not.to.match(/[\u001b\u202e]/);
    expect(JSON.parse(String(forms.default))).to.deep.include({
      summary: "digests",
      severity: "critical",
      outcome: "alerted",
    });
  });

  for (const filler of ["x", '"', "ö", "\u0000", "😀"])
    it(`stays below SNS's 256 KB whatever a record brings: ${JSON.stringify(filler)}`, async () => {
      const value = filler.repeat(100_000);
      const evidence = Array.from({ length: 30 }, () => ({ parameter: "requestParameters.x", value }));
      const resources = Array.from({ length: 300 }, (_, i) => ({
        type: "AWS::EC2::Instance",
        id: `${i}${value}`,
      }));
      const record = aRecord({ errorMessage: value });
      const finding = aFinding({ match: { evidence, resources } }, record, { userAgent: value });
      const { Message } = await published(finding);
      expect(Buffer.byteLength(Message)).to.be.below(262_144 - 2_000);
      const forms = JSON.parse(Message) as Record<string, string>;
      expect(JSON.parse(String(forms.default))).to.have.property("shortened");
    });

  for (const filler of ["x", "'", "ö", "\u202e"])
    it(`cuts no command in half, whatever a record brings: ${JSON.stringify(filler)}`, async () => {
      const value = filler.repeat(10_000);
      const evidence = Array.from({ length: 30 }, () => ({ parameter: "requestParameters.x", value }));
      const resources = Array.from({ length: 30 }, () => ({ type: "AWS::IAM::User", id: value }));
      const record = aRecord({ errorCode: value, errorMessage: value, awsRegion: value });
      const finding = aFinding({ match: { evidence, resources } }, record, { userAgent: value });
      for (let length = 1; length < 4_000; length += 97) {
        const input = { UserName: filler.repeat(length) };
        const call: Call = { service: "iam", operation: "PutUserPolicy", region: "us-east-1", input };
        const calls = Array.from({ length: 12 }, () => call);
        const plan = { summary: value, calls, rollback: calls };
        const { Message } = await published(finding, { outcome: "fixed", reason: value, plan });
        const { email = "" } = JSON.parse(Message) as Record<string, string>;
        const commands = email.split("\n").filter((line) => /^ *aws /.test(line));
        for (const line of commands)
          expect(line).to.match(/^ {2}aws iam put-user-policy --region us-east-1 --cli-input-json '[^']+'$/);
      }
    });

  for (const [whose, breaker] of [
    ["iam-admin-policy-attached-user", { detection: "iam-admin-policy-attached-user", max: 3 }],
    ["the account", { max: 3 }],
  ] as const)
    it(`reports that the breaker of ${whose} has opened`, async () => {
      const { aws, calls } = fakeAws({ "sns:Publish": {} });
      await createPublisher(aws, someSettings(), async () => {}).alertOpened(breaker);
      const forms = JSON.parse(String(calls[0]?.input.Message)) as Record<string, string>;
      expect(forms.email).to.include(`breaker of ${whose} is open: 3 fixes`);
      expect(forms.email).to.include("npx cloudtrailer mode fix ");
      expect(forms.sms).to.have.length.at.most(140);
    });
});
