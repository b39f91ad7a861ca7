import { type Cases, call } from "../support/cases";

function networkPolicy(isPublic: boolean): string {
  const rules = [{ ResourceType: "collection", Resource: ["collection/*"] }];
  return JSON.stringify([{ Rules: rules, AllowFromPublic: isPublic }]);
}

/** The calls that make a service public or not. */
const opening: [event: string, parameters: (isPublic: boolean) => unknown][] = [
  ["aoss:CreateSecurityPolicy", (yes) => ({ name: "n", type: "network", policy: networkPolicy(yes) })],
  ["aoss:UpdateSecurityPolicy", (yes) => ({ name: "n", type: "network", policy: networkPolicy(yes) })],
  [
    "kafka:UpdateConnectivity",
    (yes) => ({
      clusterArn: "cluster",
      connectivityInfo: { publicAccess: { type: yes ? "SERVICE_PROVIDED_EIPS" : "DISABLED" } },
    }),
  ],
  ["timestream-influxdb:CreateDbInstance", (yes) => ({ name: "db", publiclyAccessible: yes })],
  [
    "lightsail:CreateRelationalDatabase",
    (yes) => ({ relationalDatabaseName: "db", publiclyAccessible: yes }),
  ],
  [
    "lightsail:UpdateBucket",
    (yes) => ({ bucketName: "files", accessRules: { getObject: yes ? "public" : "private" } }),
  ],
  [
    "lightsail:UpdateRelationalDatabase",
    (yes) => ({ relationalDatabaseName: "db", publiclyAccessible: yes }),
  ],
  ["neptune-graph:CreateGraph", (yes) => ({ graphName: "g", publicConnectivity: yes })],
  ["neptune-graph:UpdateGraph", (yes) => ({ graphIdentifier: "g", publicConnectivity: yes })],
  [
    "quicksight:UpdatePublicSharingSettings",
    (yes) => ({ awsAccountId: "111122223333", publicSharingEnabled: yes }),
  ],
];

export const cases: Cases = {
  hits: [
    ...opening.map(([event, parameters]) => ({
      name: `${event} for the public`,
      record: call(event, parameters(true)),
    })),
    {
      name: "replication",
      record: call("dms:CreateReplicationInstance", {
        replicationInstanceIdentifier: "move",
        publiclyAccessible: true,
      }),
      evidence: "requestParameters.publiclyAccessible",
      resources: ["move"],
    },
    {
      name: "replication, changed",
      record: call("dms:ModifyReplicationInstance", {
        replicationInstanceArn: "arn:aws:dms:eu-west-1:111122223333:rep:1",
        publiclyAccessible: true,
      }),
    },
    {
      name: "a broker",
      record: call("mq:CreateBroker", { brokerName: "orders", publiclyAccessible: true }),
      resources: ["orders"],
    },
  ],
  quiet: [
    ...opening.map(([event, parameters]) => ({
      name: `${event} without the public`,
      record: call(event, parameters(false)),
    })),
    {
      name: "a policy of encryption",
      record: call("aoss:CreateSecurityPolicy", {
        type: "encryption",
        policy: '{"Rules":[{"ResourceType":"collection","Resource":["collection/*"]}],"AWSOwnedKey":true}',
      }),
    },
    {
      name: "private",
      record: call("dms:CreateReplicationInstance", {
        replicationInstanceIdentifier: "move",
        publiclyAccessible: false,
      }),
    },
    {
      name: "another change",
      record: call("dms:ModifyReplicationInstance", {
        replicationInstanceArn: "arn:aws:dms:eu-west-1:111122223333:rep:1",
      }),
    },
    {
      name: "a private broker",
      record: call("mq:CreateBroker", { brokerName: "orders", publiclyAccessible: false }),
    },
  ],
};
