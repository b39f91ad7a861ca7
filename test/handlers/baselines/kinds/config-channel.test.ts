import { describeKind } from "./describe-kind";

const answers = {
  "configservice:DescribeDeliveryChannels": { DeliveryChannels: [{ name: "c", s3BucketName: "logs" }] },
};

describeKind("configChannel", {
  read: {
    id: "c",
    answers,
    state: { DescribeDeliveryChannels: { DeliveryChannels: [{ name: "c", s3BucketName: "logs" }] } },
  },
  list: { answers, found: [{ id: "c" }] },
  setBy: [
    ["config:PutDeliveryChannel", { requestParameters: { deliveryChannel: { name: "c" } } }, ["c"]],
    ["config:PutDeliveryChannel", { requestParameters: { deliveryChannel: {} } }, ["default"]],
  ],
});
