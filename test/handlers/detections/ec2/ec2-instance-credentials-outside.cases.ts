import { call, type Cases, repeated, role } from "../support/cases";

const instance = "i-0a1b2c3d4e5f60718";
const from = (sourceIPAddress: string, more: object = {}) =>
  call("s3:ListBuckets", null, {
    userIdentity: role("web", instance),
    sourceIPAddress,
    readOnly: true,
    ...more,
  });

export const cases: Cases = {
  hits: [
    {
      name: "a public address",
      record: from("203.0.113.24"),
      resources: [instance],
      evidence: "sourceIPAddress",
    },
    {
      name: "parameters read from outside",
      record: from("203.0.113.24", { eventSource: "ssm.amazonaws.com", eventName: "GetParameters" }),
    },
    { name: "a public IPv6 address", record: from("2001:db8::17") },
    {
      name: "an address outside the own networks",
      record: from("203.0.113.24"),
      context: { ownNetworks: ["198.51.100.0/24"] },
    },
  ],
  bursts: [
    { name: "many calls from one address", records: repeated(from("203.0.113.24"), 500, 60), findings: 1 },
    {
      name: "calls from two addresses",
      records: [from("203.0.113.24"), from("203.0.113.25", { eventID: "another" })],
      findings: 2,
    },
    { name: "none", records: [], findings: 0 },
  ],
  quiet: [
    { name: "a private address", record: from("10.1.2.3") },
    {
      name: "an own NAT gateway",
      record: from("203.0.113.24"),
      context: { ownNetworks: ["203.0.113.0/24"] },
    },
    { name: "a service in the place of the address", record: from("athena.amazonaws.com") },
    {
      name: "a service on its behalf",
      record: from("203.0.113.24", {
        userIdentity: { ...role("web", instance), invokedBy: "athena.amazonaws.com" },
      }),
    },
    {
      name: "the agent of Systems Manager",
      record: from("203.0.113.24", {
        eventSource: "ssm.amazonaws.com",
        eventName: "UpdateInstanceInformation",
      }),
    },
    { name: "another session", record: from("203.0.113.24", { userIdentity: role("web", "deploy-17") }) },
    {
      name: "a session that begins like an instance",
      record: from("203.0.113.24", { userIdentity: role("web", "i-am-a-person") }),
    },
  ],
};
