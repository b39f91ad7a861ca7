import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";
import { inside } from "../setting";

export const configChannel: BaselineKind = {
  type: "AWS::Config::DeliveryChannel",
  service: "configservice",
  actions: ["config:DescribeDeliveryChannels"],
  read: { DescribeDeliveryChannels: (name) => ({ DeliveryChannelNames: [name] }) },
  absent: ["NoSuchDeliveryChannelException"],
  keep: { DescribeDeliveryChannels: { DeliveryChannels: "all" } },
  list: listedWhole("configservice", "DescribeDeliveryChannels", ["DeliveryChannels", "name"]),
  setBy: { "config:PutDeliveryChannel": inside("deliveryChannel", "name", "default") },
};
