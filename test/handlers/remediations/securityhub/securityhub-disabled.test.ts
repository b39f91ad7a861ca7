import { fixSecurityhubDisabled } from "../../../../handlers/remediations/securityhub/securityhub-disabled";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const off = failing("InvalidAccessException");

describe("securityhub-disabled", () => {
  it("enables Security Hub", async () => {
    const record = { eventName: "DisableSecurityHub", awsRegion, requestParameters: null };
    const hub = (answer: Answers[string]) => ({ aws: { "securityhub:DescribeHub": answer } });
    expectPlan(
      await planned(fixSecurityhubDisabled, record, hub(off)),
      [["EnableSecurityHub", { EnableDefaultStandards: true }]],
      [["DisableSecurityHub", {}]],
    );
    expectOutcome(
      await planned(fixSecurityhubDisabled, record, hub({ HubArn: "arn:aws:securityhub:::hub/default" })),
      "already-ok",
    );
  });

  describe("BatchDisableStandards", () => {
    const cis = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0";
    const pci = "arn:aws:securityhub:eu-west-1::standards/pci-dss/v/3.2.1";
    const subscription = (name: string) => `arn:aws:securityhub:eu-west-1:111122223333:subscription/${name}`;
    const record = {
      eventName: "BatchDisableStandards",
      awsRegion,
      requestParameters: { StandardsSubscriptionArns: [subscription("cis"), subscription("pci")] },
      responseElements: {
        StandardsSubscriptions: [
          { StandardsArn: cis, StandardsSubscriptionArn: subscription("cis"), StandardsInput: {} },
          { StandardsArn: pci, StandardsSubscriptionArn: subscription("pci"), StandardsInput: { a: "b" } },
        ],
      },
    };
    const enabled = (answer: Answers[string]) => ({ aws: { "securityhub:GetEnabledStandards": answer } });

    it("enables those that are off, also behind a second page", async () => {
      const pages = (input: Record<string, unknown>) =>
        input.NextToken === undefined
          ? { StandardsSubscriptions: [{ StandardsArn: pci, StandardsStatus: "DELETING" }], NextToken: "2" }
          : { StandardsSubscriptions: [{ StandardsArn: cis, StandardsStatus: "READY" }] };
      expectPlan(
        await planned(fixSecurityhubDisabled, record, enabled(pages)),
        [
          [
            "BatchEnableStandards",
            { StandardsSubscriptionRequests: [{ StandardsArn: pci, StandardsInput: { a: "b" } }] },
          ],
        ],
        [["BatchDisableStandards", { StandardsSubscriptionArns: [subscription("pci")] }]],
      );
    });

    it("otherwise says why not", async () => {
      const both = [{ StandardsArn: cis }, { StandardsArn: pci }];
      const plan = (given: Parameters<typeof planned>[2], own: object = {}) =>
        planned(fixSecurityhubDisabled, { ...record, ...own }, given);
      expectOutcome(await plan(enabled({ StandardsSubscriptions: both })), "already-ok");
      expectOutcome(await plan(enabled(off)), "changed-since");
      expectOutcome(await plan({}, { responseElements: null }), "refused");
      expectOutcome(await plan({}, { eventName: "DisassociateFromAdministratorAccount" }), "needs-baseline");
    });
  });
});
