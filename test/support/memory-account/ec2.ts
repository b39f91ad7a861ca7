import { type Fields, fieldsOf, listOf } from "../../../handlers/json";
import { awsError, region } from "../factories";
import { copy, reading, type Service, there } from "./operation";

/** The rules of security groups. */
export function ec2(): Service {
  const rules = new Map<string, Fields>();
  const gone = "InvalidSecurityGroupRuleId.NotFound";
  const ids = (input: Fields) => listOf(input.SecurityGroupRuleIds).map(String);
  let made = 0;

  /** As the record of the call has a rule. */
  const answered = (rule: Fields) => ({
    securityGroupRuleId: rule.SecurityGroupRuleId,
    groupId: rule.GroupId,
    isEgress: rule.IsEgress,
    ipProtocol: rule.IpProtocol,
    fromPort: rule.FromPort,
    toPort: rule.ToPort,
    cidrIpv4: rule.CidrIpv4,
  });

  return {
    // A rule that is made again has another id.
    state: () =>
      [...rules.values()]
        .map(({ SecurityGroupRuleId: _, ...rule }) => JSON.stringify(rule))
        .sort() as unknown,
    operations: {
      DescribeRegions: reading(() => ({ Regions: [{ RegionName: region }] })),
      DescribeSecurityGroupRules: reading((input) => ({
        SecurityGroupRules:
          ids(input).length === 0
            ? copy([...rules.values()])
            : ids(input).map((id) => copy(there(rules, id, gone))),
      })),
      AuthorizeSecurityGroupIngress: {
        run({ GroupId, IpPermissions }) {
          const added = listOf(IpPermissions)
            .map(fieldsOf)
            .flatMap(({ IpRanges, ...permission }) =>
              listOf(IpRanges)
                .map(fieldsOf)
                .map(({ CidrIp, Description }) => ({
                  SecurityGroupRuleId: `sgr-${(++made).toString().padStart(17, "0")}`,
                  GroupId,
                  IsEgress: false,
                  ...permission,
                  CidrIpv4: CidrIp,
                  ...(Description === undefined ? {} : { Description }),
                })),
            );
          const same = (one: Fields, other: Fields) =>
            ["GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIpv4"].every(
              (name) => one[name] === other[name],
            );
          if (added.some((rule) => [...rules.values()].some((other) => same(rule, other))))
            throw awsError("InvalidPermission.Duplicate");
          for (const rule of added) rules.set(rule.SecurityGroupRuleId, rule);
          return { Return: true, SecurityGroupRules: copy(added) };
        },
        recorded: {
          requestParameters: ({ GroupId, IpPermissions }) => ({
            groupId: GroupId,
            ipPermissions: {
              items: listOf(IpPermissions)
                .map(fieldsOf)
                .map(({ IpProtocol, FromPort, ToPort, IpRanges }) => ({
                  ipProtocol: IpProtocol,
                  fromPort: FromPort,
                  toPort: ToPort,
                  ipRanges: { items: listOf(IpRanges).map((range) => ({ cidrIp: fieldsOf(range).CidrIp })) },
                })),
            },
          }),
          responseElements: ({ SecurityGroupRules }) => ({
            _return: true,
            securityGroupRuleSet: { items: listOf(SecurityGroupRules).map(fieldsOf).map(answered) },
          }),
        },
      },
      RevokeSecurityGroupIngress: {
        run(input) {
          for (const id of ids(input)) there(rules, id, gone);
          for (const id of ids(input)) rules.delete(id);
          return { Return: true };
        },
        recorded: { requestParameters: ({ GroupId }) => ({ groupId: GroupId }) },
      },
      ModifySecurityGroupRules: {
        run({ SecurityGroupRules }) {
          for (const update of listOf(SecurityGroupRules).map(fieldsOf)) {
            const rule = there(rules, update.SecurityGroupRuleId, gone);
            const { SecurityGroupRuleId, GroupId, IsEgress } = rule;
            rules.set(String(SecurityGroupRuleId), {
              SecurityGroupRuleId,
              GroupId,
              IsEgress,
              ...copy(fieldsOf(update.SecurityGroupRule)),
            });
          }
          return { Return: true };
        },
        recorded: {
          requestParameters: ({ GroupId, SecurityGroupRules }) => ({
            ModifySecurityGroupRulesRequest: {
              GroupId,
              SecurityGroupRule: listOf(SecurityGroupRules)
                .map(fieldsOf)
                .map((update, index) => ({ tag: index + 1, ...update })),
            },
          }),
        },
      },
    },
  };
}
