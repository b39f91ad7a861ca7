import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "auditmanager DeregisterAccount", record: call("auditmanager:DeregisterAccount", null) },
  {
    name: "fms DeletePolicy",
    record: call("fms:DeletePolicy", { policyId: "p" }),
    evidence: "requestParameters.policyId",
  },
  { name: "fms DisassociateAdminAccount", record: call("fms:DisassociateAdminAccount", null) },
  {
    name: "macie2 DisableOrganizationAdminAccount",
    record: call("macie2:DisableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
  {
    name: "oam DeleteLink",
    record: call("oam:DeleteLink", { identifier: "arn:aws:oam:eu-west-1:111122223333:link/1" }),
    evidence: "requestParameters.identifier",
  },
  {
    name: "oam DeleteSink",
    record: call("oam:DeleteSink", { identifier: "arn:aws:oam:eu-west-1:111122223333:sink/1" }),
    evidence: "requestParameters.identifier",
  },
  {
    name: "securityhub DisableOrganizationAdminAccount",
    record: call("securityhub:DisableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
  {
    name: "securitylake DeleteDataLake",
    record: call("securitylake:DeleteDataLake", { regions: ["eu-west-1"] }),
    evidence: "requestParameters.regions",
  },
  {
    name: "securitylake DeleteSubscriber",
    record: call("securitylake:DeleteSubscriber", { subscriberId: "s" }),
    evidence: "requestParameters.subscriberId",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
