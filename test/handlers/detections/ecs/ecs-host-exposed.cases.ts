import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const register = (parameters: object) => call("ecs:RegisterTaskDefinition", { family: "app", ...parameters });

const hits: Case[] = [
  {
    name: "a privileged container",
    record: register({ containerDefinitions: [{ name: "a", image: "x", privileged: true }] }),
    evidence: "requestParameters.containerDefinitions[0].privileged",
    resources: ["app"],
  },
  {
    name: "a capability that is as good",
    record: register({
      containerDefinitions: [{ name: "a", linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } }],
    }),
  },
  {
    name: "the host's files",
    record: register({ volumes: [{ name: "root", host: { sourcePath: "/" } }] }),
    evidence: "requestParameters.volumes[0].host.sourcePath",
  },
  {
    name: "the host's Docker",
    record: register({ volumes: [{ name: "d", host: { sourcePath: "/var/run/docker.sock" } }] }),
  },
  {
    name: "the host's processes",
    record: register({ pidMode: "host" }),
    evidence: "requestParameters.pidMode",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "an ordinary task",
      record: register({
        networkMode: "awsvpc",
        containerDefinitions: [{ name: "a", image: "x", privileged: false }],
        volumes: [
          { name: "v", host: {} },
          { name: "data", host: { sourcePath: "/data" } },
        ],
      }),
    },
  ],
};
