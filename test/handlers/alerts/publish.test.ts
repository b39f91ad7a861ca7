import { expect } from "chai";
import { createPublisher } from "../../../handlers/alerts/publish";
import { aFinding, aMinuteLater, aRecord, fakeAws, someSettings } from "../../support/factories";

describe("createPublisher", () => {
  /** Alerts one finding and returns the input of the one publish. */
  async function published(finding = aFinding()) {
    const { aws, calls } = fakeAws({ "sns:Publish": {} });
    await createPublisher(aws, someSettings()).alert({
      finding,
      result: { outcome: "alerted" },
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

  for (const [whose, breaker] of [
    ["iam-admin-policy-attached-user", { detection: "iam-admin-policy-attached-user", max: 3 }],
    ["the account", { max: 3 }],
  ] as const)
    it(`reports that the breaker of ${whose} has opened`, async () => {
      const { aws, calls } = fakeAws({ "sns:Publish": {} });
      await createPublisher(aws, someSettings()).alertOpened(breaker);
      const forms = JSON.parse(String(calls[0]?.input.Message)) as Record<string, string>;
      expect(forms.email).to.include(`breaker of ${whose} is open: 3 fixes`);
      expect(forms.email).to.include("npx cloudtrailer mode fix ");
      expect(forms.sms).to.have.length.at.most(140);
    });
});
