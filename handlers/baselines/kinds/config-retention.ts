import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";
import { answered } from "../setting";

export const configRetention: BaselineKind = {
  type: "AWS::Config::RetentionConfiguration",
  service: "configservice",
  actions: ["config:DescribeRetentionConfigurations"],
  read: { DescribeRetentionConfigurations: (name) => ({ RetentionConfigurationNames: [name] }) },
  absent: ["NoSuchRetentionConfigurationException"],
  keep: { DescribeRetentionConfigurations: { RetentionConfigurations: "all" } },
  list: listedWhole("configservice", "DescribeRetentionConfigurations", ["RetentionConfigurations", "Name"]),
  setBy: { "config:PutRetentionConfiguration": answered("retentionConfiguration", "name") },
};
