import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isInvokedBy, isServiceLinkedRole } from "../readers/principal";

/** Services that create and delete their own rules. */
const managers = [
  "config-conforms.amazonaws.com",
  "config-multiaccountsetup.amazonaws.com",
  "controltower.amazonaws.com",
  "fms.amazonaws.com",
  "securityhub.amazonaws.com",
];

export const configRecorderOrChannelDeleted: Detection = {
  id: "config-recorder-or-channel-deleted",
  title: "AWS Config recorder, channel or rule deleted",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: [
    "config:DeleteConfigRule",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:DeleteRemediationConfiguration",
    "config:DeleteRetentionConfiguration",
  ],
  remediation: "baseline",
  match(record) {
    if (isInvokedBy(record, managers) || isServiceLinkedRole(record, "AWSServiceRoleFor")) return undefined;
    const names: Record<string, string> = {
      configRuleName: "AWS::Config::ConfigRule",
      configurationRecorderName: "AWS::Config::ConfigurationRecorder",
      deliveryChannelName: "AWS::Config::DeliveryChannel",
      retentionConfigurationName: "AWS::Config::RetentionConfiguration",
    };
    const paths = Object.keys(names).map((name) => `requestParameters.${name}`);
    return {
      evidence: evidenceAt(record, ...paths),
      resources: Object.entries(names).flatMap(([name, type]) =>
        resourcesOf(type, valueAt(record, `requestParameters.${name}`)),
      ),
    };
  },
  runbook: [
    "Find the definition of what was deleted (code, a conformance pack, an earlier Put event) and recreate it.",
    "Check that other rules, the recorder and the delivery channel still exist in all regions in use.",
    "Look for what the deleted rule would have reported: the next calls by the same actor.",
  ],
  falsePositives: ["Rules that come and go with infrastructure as code or with a conformance pack."],
  references: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteConfigurationRecorder.html",
    "https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteConfigRule.html",
    "https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html",
  ],
};
