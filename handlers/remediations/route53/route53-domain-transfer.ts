import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, listOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, globalRegion, refused, requested } from "../support/outcomes";

type CallTo = ReturnType<typeof callsTo>;

/**
 * Locks the domain against transfers again, or cancels its transfer to another account until that accepts. If it is
 * transferred again, the other account needs a new password to accept it.
 *
 * Sources: https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_EnableDomainTransferLock.html
 * and https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_CancelDomainTransferToAnotherAwsAccount.html
 */
export const fixRoute53DomainTransfer: Remediation = {
  id: "route53-domain-transfer",
  reads: ["route53domains:GetDomainDetail", "route53domains:GetOperationDetail"],
  writes: [
    "route53domains:EnableDomainTransferLock",
    "route53domains:CancelDomainTransferToAnotherAwsAccount",
  ],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["domainName"]);
    if ("outcome" in asked) return asked;
    const home = globalRegion("route53domains", finding);
    if ("outcome" in home) return home;
    const call = callsTo("route53domains", home.region);
    return nameOf(finding.record) === "TransferDomainToAnotherAwsAccount"
      ? planTransfer(asked.values.domainName, finding, aws, call)
      : planLock(asked.values.domainName, aws, call);
  },
};

async function planLock(DomainName: string, aws: CallAws, call: CallTo): Promise<Plan | NoPlan> {
  const live = await aws(call("GetDomainDetail", { DomainName }));
  if (listOf(live.StatusList).includes("clientTransferProhibited"))
    return alreadyOk(`the domain ${DomainName} is locked`);
  return {
    summary: `Lock the domain ${DomainName} against transfers`,
    calls: [call("EnableDomainTransferLock", { DomainName })],
    rollback: [call("DisableDomainTransferLock", { DomainName })],
  };
}

async function planTransfer(
  DomainName: string,
  { record }: Finding,
  aws: CallAws,
  call: CallTo,
): Promise<Plan | NoPlan> {
  const OperationId = textOf(fieldsOf(record.responseElements).operationId);
  const AccountId = textOf(fieldsOf(record.requestParameters).accountId);
  if (OperationId === undefined || AccountId === undefined)
    return refused("the record does not contain the operation and the account of the transfer");
  const { Status } = await aws(call("GetOperationDetail", { OperationId }));
  if (Status === "SUCCESSFUL")
    return changedSince(`account ${AccountId} has accepted the domain ${DomainName}`);
  if (Status === "ERROR" || Status === "FAILED")
    return alreadyOk(`the transfer of the domain ${DomainName} did not happen`);
  return {
    summary: `Cancel the transfer of the domain ${DomainName} to account ${AccountId}`,
    calls: [call("CancelDomainTransferToAnotherAwsAccount", { DomainName })],
    rollback: [call("TransferDomainToAnotherAwsAccount", { DomainName, AccountId })],
  };
}
