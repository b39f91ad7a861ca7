import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { fieldsOf, listOf, plainTextOf, picked, sameJson } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { isTrue, numberOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused, requested } from "../support/outcomes";
import { sameNetwork } from "../support/networks";

/** What EC2 says when the network ACL or its entry does not exist. */
const gone = ["InvalidNetworkAclID.NotFound", "InvalidNetworkAclEntry.NotFound"];

/** TCP and UDP. For all other protocols, EC2 forgets the ports, which Terraform names anyway. */
const portsCount = ["6", "17"];

/** The members of an entry that EC2 takes to create it. */
const members = [
  "RuleNumber",
  "Protocol",
  "RuleAction",
  "Egress",
  "CidrBlock",
  "Ipv6CidrBlock",
  "IcmpTypeCode",
  "PortRange",
];

/**
 * Deletes the entry that the event created, if it is still the same. An entry that the event replaced is restored from the
 * baseline.
 *
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html
 * and https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclEntry.html
 */
export const fixEc2NaclOpenToWorld: Remediation = {
  id: "ec2-nacl-open-to-world",
  reads: ["ec2:DescribeNetworkAcls"],
  writes: ["ec2:DeleteNetworkAclEntry", "ec2:ReplaceNetworkAclEntry"],
  baselines: ["networkAcl"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const asked = requested(finding, ["networkAclId"]);
    if ("outcome" in asked) return asked;
    const NetworkAclId = asked.values.networkAclId;
    const request = fieldsOf(finding.record.requestParameters);
    const RuleNumber = numberOf(request.ruleNumber);
    if (RuleNumber === undefined) return refused("the record does not contain requestParameters.ruleNumber");
    const Egress = isTrue(request.egress);
    const call = callsTo("ec2", finding.region);
    const answer = await unlessGone(
      aws(call("DescribeNetworkAcls", { NetworkAclIds: [NetworkAclId] })),
      gone,
    );
    const live = entryIn(answer, RuleNumber, Egress);
    const what = `the entry ${RuleNumber} of the network ACL ${NetworkAclId}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const make = (operation: string, entry: Record<string, unknown>) =>
      call(operation, { NetworkAclId, ...picked(entry, members) });
    const since = changedSince(`${what} was replaced`);
    if (nameOf(finding.record) !== "ReplaceNetworkAclEntry") {
      if (!isAsSet(live, request)) return since;
      return {
        summary: `Delete ${what}`,
        calls: [call("DeleteNetworkAclEntry", { NetworkAclId, RuleNumber, Egress }, { doneWhen: gone })],
        rollback: [make("CreateNetworkAclEntry", live)],
      };
    }
    const kept = await baselineFor(context, baselineKinds.networkAcl, finding.region, NetworkAclId);
    const before = entryIn(kept?.DescribeNetworkAcls, RuleNumber, Egress);
    if (before !== undefined && sameJson(picked(before, members), picked(live, members)))
      return alreadyOk(`${what} is what it was before`);
    if (!isAsSet(live, request)) return since;
    if (before === undefined)
      return needsBaseline(`no baseline shows what ${what} was before it was replaced`);
    return {
      summary: `Restore ${what} to what it was before it was replaced`,
      calls: [{ ...make("ReplaceNetworkAclEntry", before), doneWhen: gone }],
      rollback: [make("ReplaceNetworkAclEntry", live)],
    };
  },
};

/** The entry with a number and a direction, from the description of its network ACL. */
function entryIn(
  described: Record<string, unknown> | undefined,
  RuleNumber: number,
  Egress: boolean,
): Record<string, unknown> | undefined {
  return listOf(described?.NetworkAcls)
    .flatMap((acl) => listOf(fieldsOf(acl).Entries).map(fieldsOf))
    .find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);
}

function isAsSet(live: Record<string, unknown>, request: Record<string, unknown>): boolean {
  const asked = fieldsOf(request.portRange);
  const ports = fieldsOf(live.PortRange);
  return (
    live.RuleAction === request.ruleAction &&
    sameNetwork(live.CidrBlock, request.cidrBlock) &&
    sameNetwork(live.Ipv6CidrBlock, request.ipv6CidrBlock) &&
    (request.aclProtocol === undefined || live.Protocol === plainTextOf(request.aclProtocol)) &&
    (!portsCount.includes(plainTextOf(live.Protocol)) ||
      (numberOf(asked.from) === ports.From && numberOf(asked.to) === ports.To))
  );
}
