import type { Detection } from "../detection";
import { fieldOf, objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { resourcesOf, shown, valueAt } from "../readers/evidence";
import { isTheWorld } from "../readers/network";
import { uninspected } from "../readers/uninspected";

export const ec2PrefixListOpened: Detection = {
  id: "ec2-prefix-list-opened",
  title: "Prefix list opened to the world",
  severity: "high",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:CreateManagedPrefixList", "ec2:ModifyManagedPrefixList"],
  remediation: "alert",
  match(record) {
    const entries = ["Entry", "AddEntry"].flatMap((name) => objectsOf(parameterOf(record, name)));
    const cidrs = entries.flatMap((entry) => textsOf(fieldOf(entry, "Cidr")));
    if (!isTheWorld(cidrs)) return uninspected(record);
    return {
      evidence: shown(record, "Entry", "AddEntry"),
      resources: [
        ...named(record, "AWS::EC2::PrefixList", "PrefixListId"),
        ...resourcesOf(
          "AWS::EC2::PrefixList",
          valueAt(record, "responseElements.CreateManagedPrefixListResponse.prefixList.prefixListId"),
        ),
      ],
    };
  },
  runbook: [
    "Remove the entry (ModifyManagedPrefixList): it changed every security group and route that references the list.",
    "List what references the list (GetManagedPrefixListAssociations, DescribeSecurityGroupRules).",
    "Look in the flow logs for connections since then.",
  ],
  falsePositives: ["A list that represents the internet intentionally."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
  ],
};
