import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a shell",
    record: call("ecs:ExecuteCommand", {
      cluster: "prod",
      task: "arn:aws:ecs:eu-west-1:111122223333:task/prod/0a1b",
      container: "app",
      command: "/bin/sh",
      interactive: true,
    }),
    evidence: "requestParameters.command",
    resources: ["prod"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
