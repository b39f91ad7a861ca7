import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor, stranger } from "../support/attack";

describe("organization-delegated-administrator-registered", () => {
  const delegated = { AccountId: stranger, ServicePrincipal: "sso.amazonaws.com" };
  const attack = (live: unknown, event = "organizations:RegisterDelegatedAdministrator") =>
    plannedFor(
      "organization-delegated-administrator-registered",
      event,
      { requestParameters: { accountId: stranger, servicePrincipal: "sso.amazonaws.com" } },
      { aws: { "organizations:ListDelegatedServicesForAccount": live as never } },
      "us-east-1",
    );

  it("takes the administration from the account", async () => {
    expectPlan(
      await attack({ DelegatedServices: [{ ServicePrincipal: "sso.amazonaws.com" }] }),
      [["DeregisterDelegatedAdministrator", delegated]],
      [["RegisterDelegatedAdministrator", delegated]],
    );
  });

  it("leaves one that is not registered, and services with a call of their own", async () => {
    expectOutcome(
      await attack({ DelegatedServices: [{ ServicePrincipal: "config.amazonaws.com" }] }),
      "already-ok",
    );
    expectOutcome(await attack(failing("AccountNotRegisteredException")), "already-ok");
    expectOutcome(await attack({}, "guardduty:EnableOrganizationAdminAccount"), "refused");
  });
});
