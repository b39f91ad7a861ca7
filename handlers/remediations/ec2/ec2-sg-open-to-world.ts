import { type CallAws, unlessGone } from "../../aws/call";
import { type Fields, fieldsOf, plainTextOf, sameJson } from "../../json";
import { objectsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";
import { tagsFor } from "../support/ec2-tags";

/** A security group rule as EC2 describes it. */
interface Rule {
  SecurityGroupRuleId?: string;
  GroupId?: string;
  IsEgress?: boolean;
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  CidrIpv4?: string;
  CidrIpv6?: string;
  Description?: string;
  Tags?: unknown[];
}

/**
 * Revokes the rules that the event added and the detection names, by their ids: other rules of the call and of the
 * group stay. A rule that was modified held another address range before, which the record does not have.
 */
export const fixEc2SgOpenToWorld: Remediation = {
  id: "ec2-sg-open-to-world",
  reads: ["ec2:DescribeSecurityGroupRules"],
  writes: ["ec2:RevokeSecurityGroupIngress"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, match, region } = finding;
    if (record.eventName === "ModifySecurityGroupRules")
      return needsBaseline("the record does not have the rule as it was before it was modified");
    const idsOf = (type: string) => match.resources.filter((one) => one.type === type).map((one) => one.id);
    const ruleIds = idsOf("AWS::EC2::SecurityGroupRule");
    if (ruleIds.length === 0) return refused("the record does not have the ids of the rules that were added");
    const described = await Promise.all(
      // One by one: an id that is gone makes the whole answer an error.
      ruleIds.map((id) =>
        unlessGone(
          aws({
            service: "ec2",
            operation: "DescribeSecurityGroupRules",
            region,
            input: { SecurityGroupRuleIds: [id] },
          }),
          ["InvalidSecurityGroupRuleId.NotFound"],
        ),
      ),
    );
    const rules = described.flatMap((answer) => (answer?.SecurityGroupRules ?? []) as Rule[]);
    const added = objectsOf(fieldsOf(record.responseElements).securityGroupRuleSet);
    const live = rules.filter((rule) => isAsAdded(rule, added));
    const groupId = live[0]?.GroupId;
    if (groupId === undefined)
      return rules.length === 0
        ? alreadyOk(`the rules ${ruleIds.join(", ")} are gone`)
        : changedSince(`the rules ${ruleIds.join(", ")} were modified`);
    const liveIds = live.map((rule) => plainTextOf(rule.SecurityGroupRuleId));
    return {
      summary: `Revoke the rules ${liveIds.join(", ")} of the security group ${groupId}`,
      // One by one: of several, one that is gone makes EC2 revoke none, and say so with the error that means "done".
      calls: liveIds.map((id) => ({
        service: "ec2",
        operation: "RevokeSecurityGroupIngress",
        region,
        input: { GroupId: groupId, SecurityGroupRuleIds: [id] },
        doneWhen: ["InvalidSecurityGroupRuleId.NotFound", "InvalidPermission.NotFound"],
      })),
      rollback: alikeTagged(live).map((alike) => ({
        service: "ec2",
        operation: "AuthorizeSecurityGroupIngress",
        region,
        input: { GroupId: groupId, IpPermissions: alike.map(permissionOf), ...ruleTags(alike[0]) },
      })),
    };
  },
};

/** Modified in the meantime, a rule is somebody's decision, and no longer what the event added. */
function isAsAdded(rule: Rule, added: Fields[]): boolean {
  const before = added.find((candidate) => candidate.securityGroupRuleId === rule.SecurityGroupRuleId);
  if (before === undefined) return false;
  const same = (recorded: unknown, live: unknown) => plainTextOf(recorded) === plainTextOf(live);
  return (
    rule.IsEgress !== true &&
    same(before.ipProtocol, rule.IpProtocol) &&
    (rule.IpProtocol === "-1" ||
      (same(before.fromPort, rule.FromPort) && same(before.toPort, rule.ToPort))) &&
    same(before.cidrIpv4, rule.CidrIpv4) &&
    same(before.cidrIpv6, rule.CidrIpv6)
  );
}

/** One call gives all of its rules the same tags: rules with others need a call of their own. */
function alikeTagged(rules: Rule[]): Rule[][] {
  const groups: Rule[][] = [];
  for (const rule of rules) {
    const group = groups.find(([one]) => sameJson(ruleTags(one), ruleTags(rule)));
    if (group === undefined) groups.push([rule]);
    else group.push(rule);
  }
  return groups;
}

function ruleTags(rule: Rule | undefined): Record<string, unknown> {
  return tagsFor("security-group-rule", rule?.Tags);
}

function permissionOf(rule: Rule): Record<string, unknown> {
  const described = rule.Description ? { Description: rule.Description } : {};
  return {
    IpProtocol: rule.IpProtocol,
    // All traffic (-1) has no ports, and -1 for them in descriptions.
    ...(rule.IpProtocol === "-1" ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }),
    ...(rule.CidrIpv6 === undefined
      ? { IpRanges: [{ CidrIp: rule.CidrIpv4, ...described }] }
      : { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...described }] }),
  };
}
