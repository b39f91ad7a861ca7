import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "switched on",
      record: call("eks:UpdateClusterConfig", {
        name: "prod",
        resourcesVpcConfig: { endpointPublicAccess: true },
      }),
      evidence: "requestParameters.resourcesVpcConfig.endpointPublicAccess",
      resources: ["prod"],
    },
    {
      name: "from everywhere",
      record: call("eks:UpdateClusterConfig", {
        name: "prod",
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
      }),
      evidence: "requestParameters.resourcesVpcConfig.publicAccessCidrs",
    },
  ],
  quiet: [
    {
      name: "from the office",
      record: call("eks:UpdateClusterConfig", {
        name: "prod",
        resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] },
      }),
    },
    {
      name: "switched off",
      record: call("eks:UpdateClusterConfig", {
        name: "prod",
        resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: ["0.0.0.0/0"] },
      }),
    },
    {
      name: "its logs",
      record: call("eks:UpdateClusterConfig", { name: "prod", logging: { clusterLogging: [] } }),
    },
  ],
};
