import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "the export",
    record: call("guardduty:DeletePublishingDestination", { detectorId: "d", destinationId: "p" }),
    evidence: "requestParameters.destinationId",
    resources: ["d"],
  },
  {
    name: "the export, moved",
    record: call("guardduty:UpdatePublishingDestination", {
      detectorId: "d",
      destinationId: "p",
      destinationProperties: { destinationArn: "arn:aws:s3:::elsewhere" },
    }),
  },
  {
    name: "the administrator",
    record: call("guardduty:DisableOrganizationAdminAccount", { adminAccountId: "444455556666" }),
    evidence: "requestParameters.adminAccountId",
  },
  {
    name: "new accounts",
    record: call("guardduty:UpdateOrganizationConfiguration", { detectorId: "d", autoEnable: false }),
    evidence: "requestParameters.autoEnable",
  },
  {
    name: "new accounts, today's parameter",
    record: call("guardduty:UpdateOrganizationConfiguration", {
      detectorId: "d",
      autoEnableOrganizationMembers: "NONE",
    }),
  },
  {
    name: "malware protection",
    record: call("guardduty:DeleteMalwareProtectionPlan", { malwareProtectionPlanId: "m" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "new accounts, on",
      record: call("guardduty:UpdateOrganizationConfiguration", {
        detectorId: "d",
        autoEnableOrganizationMembers: "ALL",
      }),
    },
  ],
};
