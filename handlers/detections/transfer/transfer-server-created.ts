import type { Detection } from "../detection";
import { parameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";

export const transferServerCreated: Detection = {
  id: "transfer-server-created",
  title: "File transfer server or user created",
  severity: "medium",
  attack: { technique: "T1048" },
  tier: "extended",
  noise: "work",
  events: [
    "transfer:CreateConnector",
    "transfer:CreateServer",
    "transfer:CreateUser",
    "transfer:CreateWebApp",
    "transfer:ImportSshPublicKey",
    "transfer:StartFileTransfer",
    "transfer:StartServer",
    "transfer:UpdateServer",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "serverId",
        "userName",
        "role",
        "homeDirectory",
        "endpointType",
        "protocols",
        "url",
        "connectorId",
        "sendFilePaths",
      ],
      [
        ...resourcesOf(
          "AWS::Transfer::Server",
          parameterOf(record, "serverId"),
          valueAt(record, "responseElements.serverId"),
        ),
        ...named(record, "AWS::Transfer::User", "userName"),
        ...resourcesOf(
          "AWS::Transfer::Connector",
          parameterOf(record, "connectorId"),
          valueAt(record, "responseElements.connectorId"),
        ),
      ],
    ),
  runbook: [
    "Ask the actor who will fetch files there; an SFTP server in front of a bucket lets data out past S3's own logs.",
    "Look at the role and the home directory of its users: which buckets and file systems can they read?",
    "Stop the server (StopServer) and delete its users if nobody can explain it.",
  ],
  falsePositives: ["A new file exchange with a partner."],
  references: [
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateServer.html",
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateUser.html",
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportSshPublicKey.html",
  ],
};
