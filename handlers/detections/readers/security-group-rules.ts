import { canonicalJson, fieldsOf, textOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { parameterPath, valueAt } from "./evidence";
import { cidrOf, isTheWorld, type Traffic } from "./network";
import { fieldOf, objectsOf, parameterOf, requestOf, textParameterOf } from "../../cloudtrail/parameters";

/** What one part of a call says about a security group: some traffic from some address ranges. */
export interface RuleGiven {
  traffic: Traffic;
  /** The address ranges, each with its path in the record. */
  ranges: { parameter: string; cidr: string }[];
  /** The rule's id, if the part is about one known rule. */
  ruleId?: string;
  /** The direction of the traffic, if the record says. */
  egress?: boolean;
}

/**
 * The rules that a call requests, in each of the three shapes that records have: flat (`cidrIp`, `fromPort`, …),
 * nested (`ipPermissions.items[].ipRanges.items[]`), and `ModifySecurityGroupRulesRequest`.
 */
export function rulesRequested(record: CloudTrailRecord): RuleGiven[] {
  if (nameOf(record) === "ModifySecurityGroupRules") return rulesModified(record);
  const given = (name: string) => parameterOf(record, name);
  const flat: RuleGiven = {
    traffic: trafficIn(requestOf(record)),
    ranges: rangesAt([
      [parameterPath(record, "cidrIp"), given("cidrIp")],
      [parameterPath(record, "cidrIpv6"), given("cidrIpv6")],
    ]),
  };
  const permissions = parameterPath(record, "ipPermissions");
  return joined([flat, ...objectsOf(given("ipPermissions")).map(permissionAt(permissions))]);
}

/** Rules with the same traffic as one: four /2, each in a permission of its own, are the world together. */
function joined(rules: RuleGiven[]): RuleGiven[] {
  const byTraffic = new Map<string, RuleGiven>();
  for (const rule of rules) {
    const { protocol, fromPort, toPort } = rule.traffic;
    const key = canonicalJson([protocol, fromPort, toPort]);
    const known = byTraffic.get(key);
    byTraffic.set(key, known === undefined ? rule : { ...known, ranges: [...known.ranges, ...rule.ranges] });
  }
  return [...byTraffic.values()];
}

/** The rules in the response, each with its id. */
export function rulesAnswered(record: CloudTrailRecord): RuleGiven[] {
  const path = "responseElements.securityGroupRuleSet";
  return objectsOf(valueAt(record, path)).map((rule, index) => ({
    traffic: { protocol: rule.ipProtocol, fromPort: rule.fromPort, toPort: rule.toPort },
    ranges: rangesAt([
      [`${path}.items[${index}].cidrIpv4`, rule.cidrIpv4],
      [`${path}.items[${index}].cidrIpv6`, rule.cidrIpv6],
    ]),
    ...withId(rule.securityGroupRuleId),
    egress: rule.isEgress === true,
  }));
}

function permissionAt(path: string) {
  return (fields: Record<string, unknown>, index: number): RuleGiven => {
    const rangesOf = (list: string, name: string) =>
      objectsOf(fieldOf(fields, list)).map((range, at): [string, unknown] => [
        `${path}.items[${index}].${list}.items[${at}].${name}`,
        fieldOf(range, name),
      ]);
    return {
      traffic: trafficIn(fields),
      ranges: rangesAt([...rangesOf("ipRanges", "cidrIp"), ...rangesOf("ipv6Ranges", "cidrIpv6")]),
    };
  };
}

function trafficIn(fields: unknown): Traffic {
  return {
    protocol: fieldOf(fields, "ipProtocol"),
    fromPort: fieldOf(fields, "fromPort"),
    toPort: fieldOf(fields, "toPort"),
  };
}

function rulesModified(record: CloudTrailRecord): RuleGiven[] {
  const wrapper = "ModifySecurityGroupRulesRequest";
  const parameters = fieldsOf(record.requestParameters);
  const wrapped = (parameters[wrapper] ?? undefined) !== undefined;
  const path = wrapped ? `requestParameters.${wrapper}` : "requestParameters";
  const list = fieldOf(wrapped ? parameters[wrapper] : parameters, "SecurityGroupRule");
  return objectsOf(list).map((update, index) => {
    const rule = fieldsOf(fieldOf(update, "SecurityGroupRule"));
    const at = `${path}.SecurityGroupRule[${index}].SecurityGroupRule`;
    return {
      traffic: trafficIn(rule),
      ranges: rangesAt([
        [`${at}.CidrIpv4`, fieldOf(rule, "cidrIpv4")],
        [`${at}.CidrIpv6`, fieldOf(rule, "cidrIpv6")],
      ]),
      ...withId(fieldOf(update, "securityGroupRuleId")),
    };
  });
}

function rangesAt(ranges: [string, unknown][]): RuleGiven["ranges"] {
  return ranges.flatMap(([parameter, value]) => {
    const cidr = textOf(value);
    return cidr === undefined || cidr === "" ? [] : [{ parameter, cidr }];
  });
}

function withId(value: unknown): { ruleId?: string } {
  const ruleId = textOf(value);
  return ruleId === undefined ? {} : { ruleId };
}

/** The ranges that are the world by themselves, and wide ones that are it only together (four /2). */
export function worldRanges(ranges: RuleGiven["ranges"]): RuleGiven["ranges"] {
  const alone = ranges.filter(({ cidr }) => isTheWorld([cidr]));
  const others = ranges.filter((range) => !alone.includes(range));
  if (!isTheWorld(others.map(({ cidr }) => cidr))) return alone;
  return [...alone, ...others.filter(({ cidr }) => (cidrOf(cidr)?.prefix ?? 128) < 8)];
}

/** The security group that a call is about. */
export function groupOf(record: CloudTrailRecord): unknown {
  return (
    textParameterOf(record, "groupId") ??
    objectsOf(valueAt(record, "responseElements.securityGroupRuleSet"))[0]?.groupId ??
    textParameterOf(record, "groupName")
  );
}
