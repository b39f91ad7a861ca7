import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "one",
      record: call("lightsail:OpenInstancePublicPorts", {
        instanceName: "web",
        portInfo: { fromPort: 22, toPort: 22, protocol: "tcp" },
      }),
      evidence: "requestParameters.portInfo",
      resources: ["web"],
    },
    {
      name: "all of them set",
      record: call("lightsail:PutInstancePublicPorts", {
        instanceName: "web",
        portInfos: [
          { fromPort: 443, toPort: 443, protocol: "tcp" },
          { fromPort: 0, toPort: 65535, protocol: "all", cidrs: ["0.0.0.0/0"] },
        ],
      }),
    },
  ],
  quiet: [
    {
      name: "the web",
      record: call("lightsail:OpenInstancePublicPorts", {
        instanceName: "web",
        portInfo: { fromPort: 443, toPort: 443, protocol: "tcp" },
      }),
    },
    {
      name: "the office",
      record: call("lightsail:PutInstancePublicPorts", {
        instanceName: "web",
        portInfos: [{ fromPort: 22, toPort: 22, protocol: "tcp", cidrs: ["198.51.100.0/24"] }],
      }),
    },
  ],
};
