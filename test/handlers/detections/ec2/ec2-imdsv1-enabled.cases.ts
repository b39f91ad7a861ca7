import { call, type Cases } from "../support/cases";

const instanceId = "i-0a1b2c3d4e5f60718";
const options = (fields: Record<string, unknown>) =>
  call("ec2:ModifyInstanceMetadataOptions", {
    ModifyInstanceMetadataOptionsRequest: { InstanceId: instanceId, ...fields },
  });
const defaults = (fields: Record<string, unknown>) =>
  call("ec2:ModifyInstanceMetadataDefaults", { ModifyInstanceMetadataDefaultsRequest: fields });

export const cases: Cases = {
  hits: [
    {
      name: "an instance",
      record: options({ HttpTokens: "optional", HttpEndpoint: "enabled" }),
      evidence: "requestParameters.ModifyInstanceMetadataOptionsRequest.HttpTokens",
      resources: [instanceId],
    },
    {
      name: "an instance, without the wrapper",
      record: call("ec2:ModifyInstanceMetadataOptions", { instanceId, httpTokens: "optional" }),
      evidence: "requestParameters.httpTokens",
      resources: [instanceId],
    },
    { name: "the account's default", record: defaults({ HttpTokens: "optional" }) },
    {
      name: "many hops",
      record: options({ HttpTokens: "required", HttpPutResponseHopLimit: 64 }),
      evidence: "requestParameters.ModifyInstanceMetadataOptionsRequest.HttpPutResponseHopLimit",
      severity: "low",
    },
    {
      name: "parameters omitted",
      record: call("ec2:ModifyInstanceMetadataOptions", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "required", record: options({ HttpTokens: "required", HttpPutResponseHopLimit: 2 }) },
    { name: "required by default", record: defaults({ HttpTokens: "required" }) },
    {
      name: "hops that the account allows",
      record: options({ HttpPutResponseHopLimit: 3 }),
      context: { thresholds: { "ec2-imdsv1-enabled.hopLimit": 3 } },
    },
  ],
};
