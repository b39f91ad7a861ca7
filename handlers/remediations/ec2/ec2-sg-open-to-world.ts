import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { type Fields, fieldsOf, listOf, picked, plainTextOf, sameJson } from "../../json";
import { objectsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { type RuleGiven, rulesRequested } from "../../detections/readers/security-group-rules";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline, refused } from "../support/outcomes";
import { tagsFor } from "../support/ec2-tags";
import { sameNetwork } from "../support/networks";
import { planOfSteps } from "../support/steps";

type CallTo = ReturnType<typeof callsTo>;

const goneRule = ["InvalidSecurityGroupRuleId.NotFound"];

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
  PrefixListId?: string;
  ReferencedGroupInfo?: { GroupId?: string };
  Description?: string;
  Tags?: unknown[];
}

/**
 * Revokes the rules that the event added and the detection names, by their IDs: other rules of the call and of the group
 * stay. A rule that the event modified is restored from the baseline.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html
 */
export const fixEc2SgOpenToWorld: Remediation = {
  id: "ec2-sg-open-to-world",
  reads: ["ec2:DescribeSecurityGroupRules"],
  writes: ["ec2:RevokeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"],
  baselines: ["securityGroupRule"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const ids = finding.match.resources
      .filter(({ type }) => type === "AWS::EC2::SecurityGroupRule")
      .map(({ id }) => id);
    if (ids.length === 0) return refused("the record does not contain the ids of the rules that were set");
    const call = callsTo("ec2", finding.region);
    const described = await Promise.all(
      // One by one, because a missing ID makes the whole answer an error.
      ids.map((id) =>
        unlessGone(aws(call("DescribeSecurityGroupRules", { SecurityGroupRuleIds: [id] })), goneRule),
      ),
    );
    const rules = described.flatMap((answer) => (answer?.SecurityGroupRules ?? []) as Rule[]);
    if (rules.length === 0) return alreadyOk(`the rules ${ids.join(", ")} are gone`);
    return nameOf(finding.record) === "ModifySecurityGroupRules"
      ? planModified(finding, rules, call, context)
      : planAdded(finding, rules, call);
  },
};

function planAdded({ record }: Finding, rules: Rule[], call: CallTo): Plan | NoPlan {
  const added = objectsOf(fieldsOf(record.responseElements).securityGroupRuleSet);
  const live = rules.filter((rule) => isAsAdded(rule, added));
  const GroupId = live[0]?.GroupId;
  if (GroupId === undefined) return changedSince(`the rules ${idsOf(rules)} were modified`);
  return planOfSteps(
    `Revoke the rules ${idsOf(live)} of the security group ${GroupId}`,
    // One by one: of several, one that is gone makes EC2 revoke none, and say so with the error that means "done".
    live.map((rule) => ({
      call: call(
        "RevokeSecurityGroupIngress",
        { GroupId, SecurityGroupRuleIds: [rule.SecurityGroupRuleId] },
        { doneWhen: [...goneRule, "InvalidPermission.NotFound"] },
      ),
      rollback: [
        call("AuthorizeSecurityGroupIngress", {
          GroupId,
          IpPermissions: [permissionOf(rule)],
          ...tagsFor("security-group-rule", rule.Tags),
        }),
      ],
    })),
  );
}

async function planModified(
  { record, region }: Finding,
  rules: Rule[],
  call: CallTo,
  context?: PlanContext,
): Promise<Plan | NoPlan> {
  const asked = rulesRequested(record);
  const known = await Promise.all(
    rules.map(async (rule) => {
      const id = plainTextOf(rule.SecurityGroupRuleId);
      const kept = await baselineFor(context, baselineKinds.securityGroupRule, region, id);
      const [before] = listOf(kept?.DescribeSecurityGroupRules?.SecurityGroupRules) as Rule[];
      return { rule, before, isDone: before !== undefined && isSameRule(rule, before) };
    }),
  );
  if (known.every(({ isDone }) => isDone))
    return alreadyOk(`the rules ${idsOf(rules)} are what they were before`);
  const live = known.filter(({ rule, isDone }) => !isDone && isAsModified(rule, asked));
  const changed = live.flatMap(({ rule, before }) => (before === undefined ? [] : [{ rule, before }]));
  const unknown = live.filter(({ before }) => before === undefined).map(({ rule }) => rule);
  const GroupId = changed[0]?.rule.GroupId;
  if (GroupId === undefined)
    return unknown.length > 0
      ? needsBaseline(`no baseline shows what the rules ${idsOf(unknown)} were before they were modified`)
      : changedSince(`the rules ${idsOf(rules)} were modified again`);
  const modify = ({ SecurityGroupRuleId }: Rule, SecurityGroupRule: Record<string, unknown>) =>
    call("ModifySecurityGroupRules", {
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    });
  const lost = unknown.length === 0 ? "" : `; no baseline shows what ${idsOf(unknown)} were before`;
  return planOfSteps(
    `Restore the rules ${idsOf(changed.map(({ rule }) => rule))} of the security group ${GroupId} to what they were${lost}`,
    changed.map(({ rule, before }) => ({
      call: { ...modify(rule, requestOf(before)), doneWhen: goneRule },
      rollback: [modify(rule, requestOf(rule))],
    })),
  );
}

function idsOf(rules: Rule[]): string {
  return rules.map(({ SecurityGroupRuleId }) => plainTextOf(SecurityGroupRuleId)).join(", ");
}

/** The parts of a rule that can be modified. */
function requestOf(rule: Rule): Record<string, unknown> {
  const { GroupId } = fieldsOf(rule.ReferencedGroupInfo);
  return {
    ...picked(rule, [
      "IpProtocol",
      "FromPort",
      "ToPort",
      "CidrIpv4",
      "CidrIpv6",
      "PrefixListId",
      "Description",
    ]),
    ...(GroupId === undefined ? {} : { ReferencedGroupId: GroupId }),
  };
}

function isSameRule(one: Rule, other: Rule): boolean {
  return sameJson(requestOf(one), requestOf(other));
}

/** EC2 describes these protocols by name, however the call names them. */
const protocolNames: Record<string, string> = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6" };

/** A rule that was modified again is somebody's decision, and no longer what the event made of it. */
function isAsModified(rule: Rule, asked: RuleGiven[]): boolean {
  const { traffic, ranges } = asked.find(({ ruleId }) => ruleId === rule.SecurityGroupRuleId) ?? {};
  if (traffic === undefined || ranges === undefined) return false;
  const named = plainTextOf(traffic.protocol).toLowerCase();
  const protocol = protocolNames[named] ?? named;
  const same = (recorded: unknown, live: unknown) => plainTextOf(recorded) === plainTextOf(live);
  // Other protocols have no ports, whatever the call says.
  const hasPorts = Object.values(protocolNames).includes(protocol);
  return (
    protocol === rule.IpProtocol &&
    (!hasPorts || (same(traffic.fromPort, rule.FromPort) && same(traffic.toPort, rule.ToPort))) &&
    ranges.some(({ cidr }) => sameNetwork(cidr, rule.CidrIpv4 ?? rule.CidrIpv6))
  );
}

/** A rule that was modified in the meantime is somebody's decision, and no longer what the event added. */
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

function permissionOf(rule: Rule): Record<string, unknown> {
  const described = rule.Description ? { Description: rule.Description } : {};
  return {
    IpProtocol: rule.IpProtocol,
    // All traffic (-1) has no ports, which descriptions show as -1.
    ...(rule.IpProtocol === "-1" ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }),
    ...(rule.CidrIpv6 === undefined
      ? { IpRanges: [{ CidrIp: rule.CidrIpv4, ...described }] }
      : { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...described }] }),
  };
}
