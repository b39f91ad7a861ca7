import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
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
