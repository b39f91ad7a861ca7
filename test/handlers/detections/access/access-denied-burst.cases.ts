import { account, call, type Cases, refused, repeated, role, service } from "../support/cases";

const denied = refused(call("iam:ListUsers", null, { userIdentity: role("build"), readOnly: true }));
const kinds = (index: number) => ({ eventName: `List${String.fromCharCode(65 + index)}` });

export const cases: Cases = {
  hits: [
    { name: "denied", record: denied, evidence: "errorCode" },
    { name: "EC2's own code", record: { ...denied, errorCode: "Client.UnauthorizedOperation" } },
    { name: "an endpoint's policy", record: { ...denied, errorCode: "VpceAccessDenied" } },
  ],
  quiet: [
    { name: "allowed", record: call("iam:ListUsers", null) },
    { name: "throttled", record: { ...denied, errorCode: "ThrottlingException" } },
    { name: "a service", record: { ...denied, userIdentity: service("config.amazonaws.com") } },
    { name: "by way of a service", record: { ...denied, sourceIPAddress: "cloudformation.amazonaws.com" } },
    {
      name: "somebody without credentials",
      record: {
        ...denied,
        userIdentity: { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" },
      },
    },
    {
      name: "a scanner by its role",
      record: denied,
      context: { scanners: [`arn:aws:sts::${account}:assumed-role/build/*`] },
    },
    { name: "a scanner by its address", record: denied, context: { scanners: ["203.0.113.0/24"] } },
  ],
  bursts: [
    { name: "fifteen kinds of calls", records: repeated(denied, 15, 5, kinds), findings: 1 },
    { name: "fourteen kinds of calls", records: repeated(denied, 14, 5, kinds), findings: 0 },
    { name: "one call again and again", records: repeated(denied, 100, 2), findings: 0 },
  ],
};
