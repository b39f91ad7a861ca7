import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "AWS's",
    record: call("ssm:SendCommand", {
      documentName: "AWS-RunPatchBaseline",
      instanceIds: ["i-0a1b2c3d4e5f60718"],
    }),
    evidence: "requestParameters.documentName",
    resources: ["AWS-RunPatchBaseline", "i-0a1b2c3d4e5f60718"],
  },
  {
    name: "an own one",
    record: call("ssm:SendCommand", {
      documentName: "encrypt-disks",
      targets: [{ key: "InstanceIds", values: ["*"] }],
    }),
    severity: "medium",
  },
  {
    name: "another account's",
    record: call("ssm:SendCommand", { documentName: "arn:aws:ssm:eu-west-1:444455556666:document/run" }),
    severity: "high",
  },
  {
    name: "in the account",
    record: call(
      "ssm:StartAutomationExecution",
      { documentName: "AWS-DisableIncomingSSHOnPort22" },
      { responseElements: { automationExecutionId: "a-1" } },
    ),
    evidence: "responseElements.automationExecutionId",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a shell",
      record: call("ssm:SendCommand", {
        documentName: "AWS-RunShellScript",
        instanceIds: ["i-0a1b2c3d4e5f60718"],
      }),
    },
  ],
};
