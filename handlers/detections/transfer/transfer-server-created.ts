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
    "transfer:ImportSshPublicKey",
    "transfer:StartFileTransfer",
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
    "Ask the actor who is to fetch files there; a server for SFTP in front of a bucket lets data out past all of S3's logs.",
    "Look at the role and the home directory of its users: which buckets and file systems can they read?",
    "Stop the server (StopServer) and delete its users if nobody knows it.",
  ],
  falsePositives: ["A new exchange of files with a partner."],
  references: [
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateServer.html",
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateUser.html",
    "https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportSshPublicKey.html",
  ],
};
