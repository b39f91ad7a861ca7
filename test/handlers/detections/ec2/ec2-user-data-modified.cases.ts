import { call, type Cases } from "../support/cases";

const instanceId = "i-0a1b2c3d4e5f60718";
const modify = (parameters: Record<string, unknown>) =>
  call("ec2:ModifyInstanceAttribute", { instanceId, ...parameters });

export const cases: Cases = {
  hits: [
    {
      name: "kept out of the log",
      record: modify({ userData: "<sensitiveDataRemoved>" }),
      evidence: "requestParameters.userData",
      resources: [instanceId],
    },
    { name: "as an object", record: modify({ userData: { value: "IyEvYmluL3No" } }) },
    { name: "as the attribute's name", record: modify({ attribute: "userData", value: "IyEvYmluL3No" }) },
    {
      name: "parameters omitted",
      record: call("ec2:ModifyInstanceAttribute", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "termination protection", record: modify({ disableApiTermination: { value: false } }) },
    { name: "nothing in it", record: modify({ userData: {}, instanceType: { value: "t3.micro" } }) },
  ],
};
