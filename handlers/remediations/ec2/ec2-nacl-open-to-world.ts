import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, picked } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { isTrue, numberOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused, requested } from "../support/outcomes";
import { sameNetwork } from "../support/networks";

/** What EC2 says when the network ACL or its entry does not exist. */
const gone = ["InvalidNetworkAclID.NotFound", "InvalidNetworkAclEntry.NotFound"];

/** TCP and UDP. Of all other protocols EC2 forgets the ports, which Terraform names all the same. */
const portsCount = ["6", "17"];

/**
 * Deletes the entry that the event created, if it is still that entry. An entry that was replaced held something else
 * before, which the record does not have.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html
 */
export const fixEc2NaclOpenToWorld: Remediation = {
  id: "ec2-nacl-open-to-world",
  reads: ["ec2:DescribeNetworkAcls"],
  writes: ["ec2:DeleteNetworkAclEntry"],
  async plan(finding: Finding, aws: CallAws) {
    if (nameOf(finding.record) === "ReplaceNetworkAclEntry")
      return needsBaseline("the record does not have the entry as it was before it was replaced");
    const asked = requested(finding, ["networkAclId"]);
    if ("outcome" in asked) return asked;
    const NetworkAclId = asked.values.networkAclId;
    const request = fieldsOf(finding.record.requestParameters);
    const RuleNumber = numberOf(request.ruleNumber);
    if (RuleNumber === undefined) return refused("the record does not say requestParameters.ruleNumber");
    const Egress = isTrue(request.egress);
    const call = callsTo("ec2", finding.region);
    const answer = await unlessGone(
      aws(call("DescribeNetworkAcls", { NetworkAclIds: [NetworkAclId] })),
      gone,
    );
    const entries = listOf(answer?.NetworkAcls).flatMap((acl) => listOf(fieldsOf(acl).Entries).map(fieldsOf));
    const live = entries.find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);
    const what = `the entry ${RuleNumber} of the network ACL ${NetworkAclId}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    if (!isAsCreated(live, request)) return changedSince(`${what} was replaced`);
    return {
      summary: `Delete ${what}`,
      calls: [{ ...call("DeleteNetworkAclEntry", { NetworkAclId, RuleNumber, Egress }), doneWhen: gone }],
      rollback: [
        call("CreateNetworkAclEntry", {
          NetworkAclId,
          ...picked(live, [
            "RuleNumber",
            "Protocol",
            "RuleAction",
            "Egress",
            "CidrBlock",
            "Ipv6CidrBlock",
            "IcmpTypeCode",
            "PortRange",
          ]),
        }),
      ],
    };
  },
};

function isAsCreated(live: Record<string, unknown>, request: Record<string, unknown>): boolean {
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
