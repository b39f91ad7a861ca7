import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "output",
    record: call("ec2:GetConsoleOutput", { instanceId: "i-0a1b2c3d4e5f60718" }),
    evidence: "requestParameters.instanceId",
    resources: ["i-0a1b2c3d4e5f60718"],
  },
  {
    name: "screenshot",
    record: call("ec2:GetConsoleScreenshot", {
      GetConsoleScreenshotRequest: { InstanceId: "i-0a1b2c3d4e5f60718" },
    }),
    resources: ["i-0a1b2c3d4e5f60718"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
