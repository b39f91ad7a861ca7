import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("route53-domain-transfer", () => {
  const attack = (event: string, live: unknown) =>
    plannedFor(
      "route53-domain-transfer",
      `route53domains:${event}`,
      {
        awsRegion: "us-east-1",
        requestParameters: { domainName: "example.com", accountId: stranger },
        responseElements: { operationId: "op-1" },
      },
      {
        aws: {
          "route53domains:GetDomainDetail": live as never,
          "route53domains:GetOperationDetail": live as never,
        },
      },
    );
  const DomainName = "example.com";

  it("locks the domain, and would unlock it", async () => {
    expectPlan(
      await attack("DisableDomainTransferLock", { StatusList: ["ok"] }),
      [["EnableDomainTransferLock", { DomainName }]],
      [["DisableDomainTransferLock", { DomainName }]],
    );
    const locked = { StatusList: ["clientTransferProhibited"] };
    expectOutcome(await attack("DisableDomainTransferLock", locked), "already-ok");
  });

  it("cancels a transfer that nobody has accepted", async () => {
    const transfer = (Status: string) => attack("TransferDomainToAnotherAwsAccount", { Status });
    expectPlan(
      await transfer("IN_PROGRESS"),
      [["CancelDomainTransferToAnotherAwsAccount", { DomainName }]],
      [["TransferDomainToAnotherAwsAccount", { DomainName, AccountId: stranger }]],
    );
    expectOutcome(await transfer("SUCCESSFUL"), "changed-since");
    expectOutcome(await transfer("FAILED"), "already-ok");
  });
});
