import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a layer",
    record: call("lambda:PublishLayerVersion20181031", {
      layerName: "tools",
      compatibleRuntimes: ["nodejs22.x"],
    }),
    evidence: "requestParameters.layerName",
    resources: ["tools"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
