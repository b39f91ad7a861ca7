import { call, type Cases } from "../support/cases";

const detectorId = "12abc34d567e8fa901bc2d34e56789f0";

export const cases: Cases = {
  hits: [
    {
      name: "a boolean",
      record: call("guardduty:UpdateDetector", { detectorId, enable: false }),
      resources: [detectorId],
      evidence: "requestParameters.enable",
    },
    { name: "a text", record: call("guardduty:UpdateDetector", { detectorId, enable: "false" }) },
    {
      name: "features",
      record: call("guardduty:UpdateDetector", {
        detectorId,
        features: [
          { name: "S3_DATA_EVENTS", status: "DISABLED" },
          { name: "RUNTIME_MONITORING", status: "DISABLED" },
        ],
      }),
      severity: "high",
      evidence: "requestParameters.features[1]",
    },
    {
      name: "a feature and the management of its agents",
      record: call("guardduty:UpdateDetector", {
        detectorId,
        features: [
          {
            name: "RUNTIME_MONITORING",
            status: "DISABLED",
            additionalConfiguration: [{ name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" }],
          },
        ],
      }),
      severity: "high",
    },
    {
      name: "only the management of agents",
      record: call("guardduty:UpdateDetector", {
        detectorId,
        features: [
          {
            name: "RUNTIME_MONITORING",
            status: "ENABLED",
            additionalConfiguration: [{ name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" }],
          },
        ],
      }),
      severity: "medium",
    },
    ...[
      { s3Logs: { enable: false } },
      { kubernetes: { auditLogs: { enable: "false" } } },
      { malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: false } } },
    ].map((dataSources) => ({
      name: `a source: ${Object.keys(dataSources).join()}`,
      record: call("guardduty:UpdateDetector", { detectorId, enable: true, dataSources }),
      severity: "high" as const,
    })),
    {
      name: "features of members",
      record: call("guardduty:UpdateMemberDetectors", {
        detectorId,
        accountIds: ["444455556666"],
        features: [{ name: "S3_DATA_EVENTS", status: "DISABLED" }],
      }),
      severity: "high",
      resources: [detectorId, "444455556666"],
    },
    {
      name: "new members",
      record: call("guardduty:UpdateOrganizationConfiguration", {
        detectorId,
        autoEnableOrganizationMembers: "NONE",
      }),
      severity: "medium",
    },
    {
      name: "features of new members",
      record: call("guardduty:UpdateOrganizationConfiguration", {
        detectorId,
        features: [{ name: "EKS_AUDIT_LOGS", autoEnable: "NONE" }],
      }),
      severity: "medium",
    },
  ],
  quiet: [
    { name: "switched on", record: call("guardduty:UpdateDetector", { detectorId, enable: true }) },
    {
      name: "another setting",
      record: call("guardduty:UpdateDetector", { detectorId, findingPublishingFrequency: "ONE_HOUR" }),
    },
    {
      name: "features switched on",
      record: call("guardduty:UpdateDetector", {
        detectorId,
        features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }],
        dataSources: { s3Logs: { enable: true } },
      }),
    },
    {
      name: "features of members switched on",
      record: call("guardduty:UpdateMemberDetectors", {
        detectorId,
        features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }],
      }),
    },
    {
      name: "new members switched on",
      record: call("guardduty:UpdateOrganizationConfiguration", {
        detectorId,
        autoEnableOrganizationMembers: "ALL",
        features: [{ name: "S3_DATA_EVENTS", autoEnable: "NEW" }],
      }),
    },
  ],
};
