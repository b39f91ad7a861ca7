import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, changedSince, refused } from "../support/outcomes";

const gone = ["ResourceNotFoundException"];

/**
 * Recreates the query logging configuration from the answer to its deletion, under a new ID, or associates it with the VPC
 * again. The VPCs of a deleted configuration were disassociated one by one before; they are not restored, because those
 * events name the old ID. Tags are not restored either.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverQueryLogConfig.html
 */
export const fixDnsQueryLoggingDeleted: Remediation = {
  id: "dns-query-logging-deleted",
  reads: [
    "route53resolver:ListResolverQueryLogConfigs",
    "route53resolver:GetResolverQueryLogConfig",
    "route53resolver:ListResolverQueryLogConfigAssociations",
    // What Resolver calls in EC2 with the caller's permissions.
    "ec2:DescribeVpcs",
  ],
  writes: [
    "route53resolver:CreateResolverQueryLogConfig",
    "route53resolver:AssociateResolverQueryLogConfig",
    // For the delivery of logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
    "firehose:TagDeliveryStream",
    "logs:CreateLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:PutResourcePolicy",
  ],
  async plan(finding: Finding, aws: CallAws) {
    return nameOf(finding.record) === "DeleteResolverQueryLogConfig"
      ? planConfiguration(finding, aws)
      : planAssociation(finding, aws);
  },
};

async function planConfiguration(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const { record, region } = finding;
  const deleted = fieldsOf(fieldsOf(record.responseElements).resolverQueryLogConfig);
  const Name = textOf(deleted.name);
  const DestinationArn = textOf(deleted.destinationArn);
  if (Name === undefined || DestinationArn === undefined)
    return refused("the record does not say which configuration was deleted");
  const call = callsTo("route53resolver", region);
  const answer = await aws(
    call("ListResolverQueryLogConfigs", { Filters: [{ Name: "DestinationArn", Values: [DestinationArn] }] }),
  );
  const live = listOf(answer.ResolverQueryLogConfigs).map(fieldsOf);
  const same = live.find(
    (one) =>
      one.Name === Name &&
      one.DestinationArn === DestinationArn &&
      one.Status !== "DELETING" &&
      one.Id !== deleted.id,
  );
  if (same !== undefined)
    return alreadyOk(`there is a query logging configuration ${Name}: ${plainTextOf(same.Id)}`);
  return {
    summary: `Recreate the query logging configuration ${Name} with the destination ${DestinationArn}`,
    calls: [
      call("CreateResolverQueryLogConfig", {
        Name,
        DestinationArn,
        // The same call twice creates one configuration.
        CreatorRequestId: `cloudtrailer-${textOf(record.eventID) ?? finding.id}`,
      }),
    ],
    rollback: [
      {
        ...call("DeleteResolverQueryLogConfig", {}),
        fromAnswers: { ResolverQueryLogConfigId: { call: 0, path: "ResolverQueryLogConfig.Id" } },
      },
    ],
  };
}

async function planAssociation(finding: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const { record, region } = finding;
  const ResolverQueryLogConfigId = textParameterOf(record, "resolverQueryLogConfigId");
  const ResourceId = textParameterOf(record, "resourceId");
  if (ResolverQueryLogConfigId === undefined || ResourceId === undefined)
    return refused("the record does not say which VPC was disassociated from which configuration");
  const call = callsTo("route53resolver", region);
  const configuration = await unlessGone(
    aws(call("GetResolverQueryLogConfig", { ResolverQueryLogConfigId })),
    gone,
  );
  if (configuration === undefined)
    return changedSince(`the query logging configuration ${ResolverQueryLogConfigId} is gone`);
  const answer = await aws(
    call("ListResolverQueryLogConfigAssociations", {
      Filters: [
        { Name: "ResolverQueryLogConfigId", Values: [ResolverQueryLogConfigId] },
        { Name: "ResourceId", Values: [ResourceId] },
      ],
    }),
  );
  const live = listOf(answer.ResolverQueryLogConfigAssociations).map(fieldsOf);
  const isLive = live.some(
    (one) =>
      one.ResourceId === ResourceId &&
      one.ResolverQueryLogConfigId === ResolverQueryLogConfigId &&
      one.Status !== "DELETING",
  );
  if (isLive) return alreadyOk(`${ResourceId} is associated with ${ResolverQueryLogConfigId}`);
  const input = { ResolverQueryLogConfigId, ResourceId };
  return {
    summary: `Log the DNS queries of ${ResourceId} with ${ResolverQueryLogConfigId} again`,
    calls: [call("AssociateResolverQueryLogConfig", input)],
    rollback: [call("DisassociateResolverQueryLogConfig", input)],
  };
}
