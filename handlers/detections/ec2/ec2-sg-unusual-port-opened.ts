import type { Detection, Evidence } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { openedBy } from "../readers/network";
import { groupOf, rulesRequested, worldRanges } from "../readers/security-group-rules";

export const ec2SgUnusualPortOpened: Detection = {
  id: "ec2-sg-unusual-port-opened",
  title: "Security group opened a non-web port to the internet",
  severity: "low",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "changes",
  events: ["ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"],
  remediation: "alert",
  match(record) {
    const evidence = rulesRequested(record).flatMap(({ traffic, ranges }): Evidence[] => {
      const { unusual } = openedBy(traffic);
      if (unusual === undefined) return [];
      return worldRanges(ranges).map(({ parameter, cidr }) => ({
        parameter,
        value: cidr,
        why: `lets the internet reach port ${unusual}`,
      }));
    });
    if (evidence.length === 0) return undefined;
    return { evidence, resources: resourcesOf("AWS::EC2::SecurityGroup", groupOf(record)) };
  },
  runbook: [
    "Ask the actor what listens on the port, and who must reach it: usually an address range, or a load balancer on 443 in front, is enough.",
    "Find out which instances have this group and a public address.",
    "Revoke the rule if nobody can explain it.",
  ],
  falsePositives: ["Services for the internet on their own port: VPN, games, mail submission, DNS."],
  references: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  ],
};
