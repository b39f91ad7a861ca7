import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ssmDocumentCreated: Detection = {
  id: "ssm-document-created",
  title: "SSM document or association created or changed",
  severity: "medium",
  attack: { technique: "T1651" },
  tier: "extended",
  noise: "work",
  events: [
    "ssm:CreateAssociation",
    "ssm:CreateAssociationBatch",
    "ssm:CreateDocument",
    "ssm:RegisterTaskWithMaintenanceWindow",
    "ssm:UpdateAssociation",
    "ssm:UpdateDocument",
    "ssm:UpdateDocumentDefaultVersion",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "name",
        "documentType",
        "documentVersion",
        "associationName",
        "associationId",
        "targets",
        "entries",
        "scheduleExpression",
        "taskArn",
        "windowId",
      ],
      [
        ...named(record, "AWS::SSM::Document", "name", "taskArn"),
        ...named(record, "AWS::SSM::Association", "associationId"),
      ],
    ),
  runbook: [
    "Ask the actor what it runs, where and when: an association runs as root on every instance that it names, repeatedly.",
    "Read the document's content; delete it or the association if nobody can explain it.",
    "Look for SendCommand with it, and at the instances where it ran.",
  ],
  falsePositives: ["An operator writing a document by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateDocument.html",
  ],
};
