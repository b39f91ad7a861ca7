import { account } from "../../../support/factories";
import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("inspector-disabled", () => {
  const attack = (
    live: unknown,
    requestParameters: object = { accountIds: [account], resourceTypes: ["EC2", "LAMBDA_CODE"] },
  ) =>
    plannedFor(
      "inspector-disabled",
      "inspector2:Disable",
      { requestParameters },
      {
        aws: { "inspector2:BatchGetAccountStatus": live as never },
      },
    );
  const state = (ec2: string, lambdaCode: string) => ({
    accounts: [
      { accountId: account, resourceState: { ec2: { status: ec2 }, lambdaCode: { status: lambdaCode } } },
    ],
  });

  it("enables what the event switched off", async () => {
    const set = { accountIds: [account], resourceTypes: ["LAMBDA_CODE"] };
    expectPlan(await attack(state("ENABLED", "DISABLED")), [["Enable", set]], [["Disable", set]]);
  });

  it("makes a call for each account, of which Inspector may refuse some", async () => {
    const [one] = state("DISABLED", "DISABLED").accounts;
    const [other] = state("DISABLED", "ENABLED").accounts;
    const accounts = [one, { ...other, accountId: stranger }];
    const sets = [
      { accountIds: [account], resourceTypes: ["EC2", "LAMBDA_CODE"] },
      { accountIds: [stranger], resourceTypes: ["EC2"] },
    ];
    expectPlan(
      await attack({ accounts }, { accountIds: [account, stranger], resourceTypes: ["EC2", "LAMBDA_CODE"] }),
      sets.map((set) => ["Enable", set]),
      [...sets].reverse().map((set) => ["Disable", set]),
    );
  });

  it("leaves what is on, and what is not known as it was", async () => {
    expectOutcome(await attack(state("ENABLED", "ENABLED")), "already-ok");
    expectOutcome(await attack({}, { accountIds: [account] }), "needs-baseline");
    const filter = { requestParameters: { action: "SUPPRESS", name: "all" } };
    expectOutcome(await plannedFor("inspector-disabled", "inspector2:CreateFilter", filter), "refused");
  });
});
