import { call, type Cases, role, service } from "../support/cases";

const put = (recordingGroup: unknown) =>
  call("config:PutConfigurationRecorder", {
    configurationRecorder: { name: "default", roleARN: "arn:aws:iam::111122223333:role/r", recordingGroup },
  });
const one = put({
  allSupported: false,
  includeGlobalResourceTypes: false,
  resourceTypes: ["AWS::S3::Bucket"],
});

export const cases: Cases = {
  hits: [
    {
      name: "one type",
      record: one,
      evidence: "requestParameters.configurationRecorder.recordingGroup.resourceTypes",
      resources: ["default"],
    },
    {
      name: "a strategy of some types",
      record: put({
        recordingStrategy: { useOnly: "INCLUSION_BY_RESOURCE_TYPES" },
        resourceTypes: ["AWS::EC2::VPC"],
      }),
    },
    { name: "no types at all", record: put({ allSupported: "false" }) },
    {
      name: "all but some",
      record: put({
        allSupported: false,
        exclusionByResourceTypes: { resourceTypes: ["AWS::IAM::Role"] },
        recordingStrategy: { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" },
      }),
      severity: "low",
    },
    {
      name: "parameters left out",
      record: call("config:PutConfigurationRecorder", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "all types", record: put({ allSupported: true, includeGlobalResourceTypes: true }) },
    { name: "all types but IAM's", record: put({ allSupported: true, includeGlobalResourceTypes: false }) },
    { name: "no group: all types", record: put(undefined) },
    {
      name: "by Control Tower",
      record: { ...one, userIdentity: service("controltower.amazonaws.com") },
    },
    {
      name: "by a service's role",
      record: {
        ...one,
        userIdentity: role("AWSServiceRoleForConfig", "s", "aws-service-role/config.amazonaws.com/"),
      },
    },
  ],
};
