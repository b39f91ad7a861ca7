import { uninspected } from "../readers/uninspected";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { cidrOf, openedBy, sensitiveTraffic } from "../readers/network";
import {
  groupOf,
  type RuleGiven,
  rulesAnswered,
  rulesRequested,
  worldRanges,
} from "../readers/security-group-rules";

export const ec2SgOpenToWorld: Detection = {
  id: "ec2-sg-open-to-world",
  title: "Security group opened to the internet",
  severity: "high",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "core",
  noise: "changes",
  events: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"],
  remediation: "inverse",
  match(record) {
    const requested = rulesRequested(record).map(openingsIn).filter(isOpen);
    const answered = rulesAnswered(record)
      .filter(({ egress }) => egress !== true)
      .map(openingsIn);
    // Without a readable request, the response still shows which rules were created.
    const readable = requested.length > 0;
    const made = readable
      ? answered.filter((rule) => requested.some((asked) => isOf(asked, rule)))
      : answered.filter(isOpen);
    const openings = (readable ? requested : made).flatMap(({ evidence }) => evidence);
    if (openings.length === 0) return uninspected(record);
    return {
      evidence: openings,
      resources: [
        ...resourcesOf("AWS::EC2::SecurityGroup", groupOf(record)),
        ...resourcesOf(
          "AWS::EC2::SecurityGroupRule",
          ...[...requested, ...made].map(({ rule }) => rule.ruleId),
        ),
      ],
      ...(isPerhapsEgress(record, openings) || (readable ? requested : made).every(({ isWeb }) => isWeb)
        ? { severity: "medium" }
        : {}),
    };
  },
  runbook: [
    "Revoke the rule by its ID, and ask the actor from where access is needed: their own address, a VPN, or Session Manager, which needs no open port.",
    "Find out which instances, databases and load balancers have this group, and which of them have a public address.",
    "Read their flow logs and login logs for strangers since the rule was created.",
  ],
  falsePositives: [
    "Honeypots, and bastions that must be reachable from anywhere.",
    "Development web servers, and Kubernetes node ports behind a load balancer (reported as medium).",
    "ModifySecurityGroupRules does not show whether a rule is for outgoing traffic, where 0.0.0.0/0 is common.",
  ],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html",
  ],
};

/** A rule, with evidence for its ranges that let the internet reach what it should not. */
interface RuleRead {
  rule: RuleGiven;
  /** Whether it is only about development web servers. */
  isWeb: boolean;
  /** The offending ranges. */
  cidrs: string[];
  evidence: Evidence[];
}

function openingsIn(rule: RuleGiven): RuleRead {
  const { sensitive, isWeb } = openedBy(rule.traffic);
  const ranges = sensitive.length === 0 ? [] : worldRanges(rule.ranges);
  const why = `lets the internet reach ${sensitive.join(", ")}`;
  return {
    rule,
    isWeb,
    cidrs: ranges.map(({ cidr }) => cidr),
    evidence: ranges.map(({ parameter, cidr }) => ({ parameter, value: cidr, why })),
  };
}

function isOpen({ cidrs }: RuleRead): boolean {
  return cidrs.length > 0;
}

/** Whether a rule in the response was created by an offending range of the request: the call's harmless rules stay. */
function isOf(asked: RuleRead, { rule }: RuleRead): boolean {
  const ports = (one: RuleGiven) => sensitiveTraffic(one.traffic).join();
  return (
    ports(asked.rule) === ports(rule) &&
    rule.ranges.some(({ cidr }) => asked.cidrs.some((offending) => sameNetwork(offending, cidr)))
  );
}

function sameNetwork(a: string, b: string): boolean {
  const one = cidrOf(a);
  const other = cidrOf(b);
  return one !== undefined && other !== undefined && one.first === other.first && one.last === other.last;
}

/** Modified rules for all traffic are usually the default one for outgoing traffic. */
function isPerhapsEgress(record: CloudTrailRecord, openings: Evidence[]): boolean {
  return (
    nameOf(record) === "ModifySecurityGroupRules" &&
    openings.every(({ why }) => why?.endsWith("all traffic") === true)
  );
}
