import {
  alreadyOk,
  callsTo,
  type Examples,
  fieldsOf,
  listOf,
  plainTextOf,
  refused,
  resourcesOf,
  type Rule,
  shown,
  unlessGone,
  valueAt,
} from "cloudtrailer/rule";

/** NAT gateways that a region may have; each costs about 33 USD a month. */
const budget = 3;

/** CloudTrail wraps this call in names of its own. */
const created = "responseElements.CreateNatGatewayResponse.natGateway";

// "More than three exist" is not a burst: match every call that creates one, and count live in `plan`.
export const rule: Rule = {
  id: "ec2-nat-gateways-over-budget",
  title: "NAT gateway created",
  severity: "low",
  events: ["ec2:CreateNatGateway"],
  match: (record) => ({
    evidence: shown(record, "subnetId"),
    resources: resourcesOf("AWS::EC2::NatGateway", valueAt(record, `${created}.natGatewayId`)),
  }),
  remediation: {
    reads: ["ec2:DescribeNatGateways"],
    writes: ["ec2:DeleteNatGateway"],
    async plan({ match, record, region }, aws) {
      const call = callsTo("ec2", region);
      const [gateway] = match.resources;
      if (gateway === undefined) return refused("the record does not name the NAT gateway");
      const answer = await unlessGone(
        aws(call("DescribeNatGateways", { Filter: [{ Name: "state", Values: ["pending", "available"] }] })),
        ["NatGatewayNotFound"],
      );
      const ids = listOf(answer?.NatGateways).map((one) => plainTextOf(fieldsOf(one).NatGatewayId));
      if (!ids.includes(gateway.id)) return alreadyOk(`${gateway.id} is deleted`);
      if (ids.length <= budget) return alreadyOk(`${region} has ${ids.length} of ${budget} NAT gateways`);
      const SubnetId = plainTextOf(valueAt(record, `${created}.subnetId`));
      return {
        summary: `Delete ${gateway.id}: ${region} has ${ids.length} NAT gateways, and the budget is ${budget}`,
        calls: [call("DeleteNatGateway", { NatGatewayId: gateway.id })],
        rollback: [call("CreateNatGateway", { SubnetId, ConnectivityType: "private" })],
        leaves:
          "The Elastic IP address stays allocated; a rollback creates a private gateway with another ID.",
      };
    },
  },
  runbook: [
    "Ask the actor which of the existing NAT gateways they could use.",
    "Raise the budget in this rule if all are needed.",
  ],
};

const record = {
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateNatGateway",
  requestParameters: {
    CreateNatGatewayRequest: { SubnetId: "subnet-0a1b2c3d", AllocationId: "eipalloc-0a1b2c3d" },
  },
  responseElements: {
    CreateNatGatewayResponse: { natGateway: { natGatewayId: "nat-4", subnetId: "subnet-0a1b2c3d" } },
  },
};
const having = (...ids: string[]) => ({
  "ec2:DescribeNatGateways": { NatGateways: ids.map((NatGatewayId) => ({ NatGatewayId })) },
});

export const examples: Examples = {
  hits: [
    {
      name: "the fourth",
      record,
      resources: ["nat-4"],
      live: having("nat-1", "nat-2", "nat-3", "nat-4"),
      calls: [{ service: "ec2", operation: "DeleteNatGateway", input: { NatGatewayId: "nat-4" } }],
    },
    { name: "the third", record, live: having("nat-1", "nat-2", "nat-4"), outcome: "already-ok" },
    { name: "deleted since", record, live: having("nat-1", "nat-2", "nat-3"), outcome: "already-ok" },
  ],
  misses: [{ name: "a failed call", record: { ...record, errorCode: "Client.NatGatewayLimitExceeded" } }],
};
