import { call, type Cases } from "../support/cases";

const update = (clusterLogging: unknown) =>
  call("eks:UpdateClusterConfig", { name: "prod", logging: { clusterLogging } });
const types = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const cases: Cases = {
  hits: [
    { name: "all types", record: update([{ types, enabled: false }]), resources: ["prod"] },
    { name: "one object in the place of a list", record: update({ types: ["audit"], enabled: false }) },
    {
      name: "some types, audit stays",
      record: update([
        { types: ["audit"], enabled: true },
        { types: ["scheduler"], enabled: false },
      ]),
      severity: "medium",
    },
  ],
  quiet: [
    { name: "switched on", record: update([{ types, enabled: true }]) },
    {
      name: "nothing named to be off",
      record: update([
        { types, enabled: true },
        { types: [], enabled: false },
      ]),
    },
    {
      name: "another setting",
      record: call("eks:UpdateClusterConfig", { name: "prod", resourcesVpcConfig: {} }),
    },
  ],
};
