import { expect } from "chai";
import { alertOf } from "../../../handlers/alerts/alert";
import { createPublisher } from "../../../handlers/alerts/publish";
import { createSecurityHubPublisher } from "../../../handlers/alerts/security-hub";
import { aFinding, aMinuteLater, awsError, fakeAws, someSettings } from "../../support/factories";
import { problemsOfCall } from "../../support/service-model";

const settings = someSettings({ securityHub: true });
const alertable = { finding: aFinding(), result: { outcome: "alerted" as const }, seenAt: aMinuteLater };
const alert = alertOf(alertable, settings);
const taken = { "securityhub:BatchImportFindings": { SuccessCount: 1, FailedCount: 0, FailedFindings: [] } };
const findingIn = (input: Record<string, unknown> | undefined) =>
  (input?.Findings as Record<string, unknown>[])[0];

describe("findings in Security Hub", () => {
  it("are imported for the stack's own account, also those of a member", async () => {
    const { aws, calls } = fakeAws(taken);
    const member = { ...alert, account: "444455556666", region: "eu-west-1" };
    expect(await createSecurityHubPublisher(aws, settings).import(member)).to.equal(undefined);
    expect(calls.flatMap((call) => problemsOfCall(call))).to.deep.equal([]);
    expect(calls[0]?.region).to.equal(settings.region);
    expect(findingIn(calls[0]?.input)).to.deep.include({ Id: alert.id, AwsAccountId: settings.account });
    expect(findingIn(calls[0]?.input)).to.have.nested.property(
      "ProductFields.cloudtrailer/account",
      "444455556666",
    );
  });

  it("are not asked for", async () => {
    const { aws, calls } = fakeAws({});
    expect(await createSecurityHubPublisher(aws, someSettings()).import(alert)).to.equal(undefined);
    expect(calls).to.deep.equal([]);
  });

  it("are missing there: whoever gets the alert reads why", async () => {
    const refusing = {
      FailedCount: 1,
      FailedFindings: [{ Id: alert.id, ErrorCode: "InvalidInput", ErrorMessage: "no such type" }],
    };
    const off = () => {
      throw awsError("InvalidAccessException", "Account 111122223333 is not subscribed to AWS Security Hub");
    };
    for (const [answer, why] of [
      [refusing, "InvalidInput: no such type"],
      [{ FailedCount: 1 }, "refused: no reason given"],
      [off, "InvalidAccessException: Account 111122223333 is not subscribed to AWS Security Hub"],
    ] as const) {
      const { aws, calls } = fakeAws({
        "securityhub:BatchImportFindings": answer,
        "sns:Publish": { MessageId: "1" },
      });
      await createPublisher(aws, settings, async () => {}).alert(alertable);
      const message = JSON.parse(String(calls.at(-1)?.input.Message)) as Record<string, string>;
      expect(message.email).to.include(`Security Hub does not have this: it was not imported (${why}).`);
      expect(JSON.parse(message.default ?? "")).to.include({ notImported: why });
    }
  });
});
