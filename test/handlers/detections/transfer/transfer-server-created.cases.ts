import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "a server started", record: call("transfer:StartServer", { serverId: "s-1" }), resources: ["s-1"] },
  {
    name: "a server changed",
    record: call("transfer:UpdateServer", { serverId: "s-1", protocols: ["FTP"] }),
    evidence: "requestParameters.protocols",
  },
  { name: "a web page", record: call("transfer:CreateWebApp", { identityProviderDetails: {} }) },
  {
    name: "a server",
    record: call(
      "transfer:CreateServer",
      { endpointType: "PUBLIC", protocols: ["SFTP"] },
      { responseElements: { serverId: "s-0a1b2c3d4e5f60718" } },
    ),
    evidence: "requestParameters.endpointType",
    resources: ["s-0a1b2c3d4e5f60718"],
  },
  {
    name: "a user",
    record: call("transfer:CreateUser", {
      serverId: "s-0a1b2c3d4e5f60718",
      userName: "partner",
      role: "arn:aws:iam::111122223333:role/sftp",
    }),
    evidence: "requestParameters.role",
    resources: ["partner"],
  },
  {
    name: "a key of a user",
    record: call("transfer:ImportSshPublicKey", { serverId: "s-0a1b2c3d4e5f60718", userName: "partner" }),
  },
  {
    name: "a connector",
    record: call("transfer:CreateConnector", {
      url: "sftp://files.example.com",
      accessRole: "arn:aws:iam::111122223333:role/sftp",
    }),
    evidence: "requestParameters.url",
  },
  {
    name: "files sent",
    record: call("transfer:StartFileTransfer", {
      connectorId: "c-0a1b2c3d4e5f60718",
      sendFilePaths: ["/payroll/march.csv"],
    }),
    evidence: "requestParameters.sendFilePaths",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
