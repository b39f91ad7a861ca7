import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "macie2 DeleteMember",
    record: call("macie2:DeleteMember", { id: "444455556666" }),
    evidence: "requestParameters.id",
  },
  { name: "macie2 DisassociateMember", record: call("macie2:DisassociateMember", { id: "444455556666" }) },
  {
    name: "macie2 DisassociateFromAdministratorAccount",
    record: call("macie2:DisassociateFromAdministratorAccount", null),
  },
  {
    name: "inspector2 DisassociateMember",
    record: call("inspector2:DisassociateMember", { accountId: "444455556666" }),
    evidence: "requestParameters.accountId",
  },
  {
    name: "cloudtrail DeregisterOrganizationDelegatedAdmin",
    record: call("cloudtrail:DeregisterOrganizationDelegatedAdmin", {
      delegatedAdminAccountId: "444455556666",
    }),
    evidence: "requestParameters.delegatedAdminAccountId",
  },
  {
    name: "controltower DisableControl",
    record: call("controltower:DisableControl", {
      controlIdentifier: "arn:aws:controltower:eu-west-1::control/AWS-GR_CLOUDTRAIL_ENABLED",
      targetIdentifier: "arn:aws:organizations::111122223333:ou/o-1/ou-1",
    }),
    evidence: "requestParameters.controlIdentifier",
  },
  {
    name: "controltower DisableBaseline",
    record: call("controltower:DisableBaseline", { enabledBaselineIdentifier: "b" }),
    evidence: "requestParameters.enabledBaselineIdentifier",
  },
  {
    name: "controltower DeleteLandingZone",
    record: call("controltower:DeleteLandingZone", { landingZoneIdentifier: "z" }),
    evidence: "requestParameters.landingZoneIdentifier",
  },
  {
    name: "detective DisableOrganizationAdminAccount",
    record: call("detective:DisableOrganizationAdminAccount", null),
  },
  {
    name: "inspector2 DisableDelegatedAdminAccount",
    record: call("inspector2:DisableDelegatedAdminAccount", { delegatedAdminAccountId: "444455556666" }),
  },
  {
    name: "securityhub DeleteConfigurationPolicy",
    record: call("securityhub:DeleteConfigurationPolicy", { identifier: "p" }),
    evidence: "requestParameters.identifier",
  },
  {
    name: "securityhub DeleteFindingAggregator",
    record: call("securityhub:DeleteFindingAggregator", { findingAggregatorArn: "a" }),
    evidence: "requestParameters.findingAggregatorArn",
  },
  { name: "securityhub DisableSecurityHubV2", record: call("securityhub:DisableSecurityHubV2", null) },
  {
    name: "securityhub StartConfigurationPolicyDisassociation",
    record: call("securityhub:StartConfigurationPolicyDisassociation", {
      configurationPolicyIdentifier: "p",
      target: { accountId: "111122223333" },
    }),
    evidence: "requestParameters.configurationPolicyIdentifier",
  },
  {
    name: "securitylake DeleteAwsLogSource",
    record: call("securitylake:DeleteAwsLogSource", { sources: [{ sourceName: "CLOUD_TRAIL_MGMT" }] }),
    evidence: "requestParameters.sources",
  },
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
