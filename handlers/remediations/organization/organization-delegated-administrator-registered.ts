import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested, globalRegion } from "../support/outcomes";

/**
 * Revokes the account's administration of the service. If a service has its own call for it, that changes more in the member
 * accounts than the event did, and is left to people.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html
 */
export const fixOrganizationDelegatedAdministratorRegistered: Remediation = {
  id: "organization-delegated-administrator-registered",
  reads: ["organizations:ListDelegatedServicesForAccount"],
  writes: ["organizations:DeregisterDelegatedAdministrator"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) !== "RegisterDelegatedAdministrator")
      return refused(
        "the service has its own call to remove its administrator, which also changes its members",
      );
    const asked = requested(finding, ["accountId", "servicePrincipal"]);
    if ("outcome" in asked) return asked;
    const { accountId: AccountId, servicePrincipal: ServicePrincipal } = asked.values;
    const place = globalRegion("organizations", finding);
    if ("outcome" in place) return place;
    const call = callsTo("organizations", place.region);
    const gone = ["AccountNotRegisteredException", "AccountNotFoundException"];
    const answer = await unlessGone(aws(call("ListDelegatedServicesForAccount", { AccountId })), gone);
    const services = listOf(answer?.DelegatedServices).map(fieldsOf);
    const what = `the account ${AccountId} as administrator of ${ServicePrincipal}`;
    if (!services.some((service) => service.ServicePrincipal === ServicePrincipal))
      return alreadyOk(`${what} is already deregistered`);
    return {
      summary: `Deregister ${what}`,
      calls: [
        { ...call("DeregisterDelegatedAdministrator", { AccountId, ServicePrincipal }), doneWhen: gone },
      ],
      rollback: [call("RegisterDelegatedAdministrator", { AccountId, ServicePrincipal })],
    };
  },
};
