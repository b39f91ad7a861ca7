import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a key to a bucket",
    record: call("lightsail:CreateBucketAccessKey", { bucketName: "files" }),
    evidence: "requestParameters.bucketName",
  },
  {
    name: "a database's password",
    record: call("lightsail:GetRelationalDatabaseMasterUserPassword", { relationalDatabaseName: "db" }),
    evidence: "requestParameters.relationalDatabaseName",
  },
  { name: "instances of EC2", record: call("lightsail:CreateCloudFormationStack", { instances: [{}] }) },
  {
    name: "instances",
    record: call("lightsail:CreateInstances", {
      instanceNames: ["web-1", "web-2"],
      bundleId: "large_3_0",
      blueprintId: "ubuntu_22_04",
    }),
    evidence: "requestParameters.bundleId",
    resources: ["web-1", "web-2"],
  },
  {
    name: "of a snapshot",
    record: call("lightsail:CreateInstancesFromSnapshot", { instanceNames: ["web-1"] }),
  },
  {
    name: "containers",
    record: call("lightsail:CreateContainerService", { serviceName: "c", power: "xlarge" }),
    resources: ["c"],
  },
  {
    name: "containers started",
    record: call("lightsail:CreateContainerServiceDeployment", { serviceName: "c" }),
  },
  { name: "a key", record: call("lightsail:CreateKeyPair", { keyPairName: "k" }), resources: ["k"] },
  { name: "a key imported", record: call("lightsail:ImportKeyPair", { keyPairName: "k" }) },
  { name: "the default key", record: call("lightsail:DownloadDefaultKeyPair", null) },
  {
    name: "a login",
    record: call("lightsail:GetInstanceAccessDetails", { instanceName: "web-1" }),
    resources: ["web-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
