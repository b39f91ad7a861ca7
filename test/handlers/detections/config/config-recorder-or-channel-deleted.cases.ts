import { call, type Cases, role } from "../support/cases";

const deletions: Record<string, object> = {
  DeleteConfigRule: { configRuleName: "s3-bucket-public-read-prohibited" },
  DeleteConfigurationRecorder: { configurationRecorderName: "default" },
  DeleteDeliveryChannel: { deliveryChannelName: "default" },
  DeleteRemediationConfiguration: { configRuleName: "s3-bucket-public-read-prohibited" },
  DeleteRetentionConfiguration: { retentionConfigurationName: "default" },
};
const calls = Object.entries(deletions).map(([name, parameters]) => ({
  name,
  record: call(`config:${name}`, parameters),
  resources: Object.values(parameters) as string[],
}));

export const cases: Cases = {
  hits: calls.flatMap(({ name, record, resources }) => [
    { name, record, resources },
    {
      name: `${name} in a session with the name of a service-linked role`,
      record: { ...record, userIdentity: role("ops", "AWSServiceRoleForConfig") },
      resources,
    },
  ]),
  quiet: calls.flatMap(({ name, record }) => [
    {
      name: `${name} by Security Hub`,
      record: {
        ...record,
        userIdentity: { ...role("AWSServiceRoleForSecurityHub"), invokedBy: "securityhub.amazonaws.com" },
        sourceIPAddress: "securityhub.amazonaws.com",
      },
    },
    {
      name: `${name} by a conformance pack`,
      record: { ...record, userIdentity: { ...role("any"), invokedBy: "config-conforms.amazonaws.com" } },
    },
  ]),
};
