import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a recorder",
      record: call("config:StopConfigurationRecorder", { configurationRecorderName: "default" }),
      resources: ["default"],
    },
  ],
  quiet: [
    {
      name: "a recorder started",
      record: call("config:StartConfigurationRecorder", { configurationRecorderName: "default" }),
    },
  ],
  everyCall: "a stopped recorder records nothing, whoever stopped it",
};
