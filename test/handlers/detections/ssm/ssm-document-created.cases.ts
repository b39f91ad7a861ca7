import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "associations",
    record: call("ssm:CreateAssociationBatch", { entries: [{ name: "encrypt-disks" }] }),
    evidence: "requestParameters.entries",
  },
  {
    name: "a document",
    record: call("ssm:CreateDocument", { name: "encrypt-disks", documentType: "Command" }),
    evidence: "requestParameters.documentType",
    resources: ["encrypt-disks"],
  },
  {
    name: "a document changed",
    record: call("ssm:UpdateDocument", { name: "encrypt-disks", documentVersion: "$LATEST" }),
  },
  {
    name: "the version that runs",
    record: call("ssm:UpdateDocumentDefaultVersion", { name: "encrypt-disks", documentVersion: "2" }),
    evidence: "requestParameters.documentVersion",
  },
  {
    name: "an association",
    record: call("ssm:CreateAssociation", {
      name: "encrypt-disks",
      targets: [{ key: "InstanceIds", values: ["*"] }],
    }),
    evidence: "requestParameters.targets",
  },
  {
    name: "an association changed",
    record: call("ssm:UpdateAssociation", { associationId: "a-1", name: "encrypt-disks" }),
  },
  {
    name: "a task",
    record: call("ssm:RegisterTaskWithMaintenanceWindow", { windowId: "mw-1", taskArn: "encrypt-disks" }),
    evidence: "requestParameters.windowId",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
