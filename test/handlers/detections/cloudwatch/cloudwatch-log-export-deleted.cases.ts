import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a subscription",
    record: call("logs:DeleteSubscriptionFilter", { logGroupName: "trail", filterName: "siem" }),
    evidence: "requestParameters.filterName",
    resources: ["trail"],
  },
  {
    name: "a metric",
    record: call("logs:DeleteMetricFilter", { logGroupName: "trail", filterName: "root" }),
    resources: ["trail"],
  },
  {
    name: "a destination",
    record: call("logs:DeleteDestination", { destinationName: "siem" }),
    resources: ["siem"],
  },
  {
    name: "a policy of the account",
    record: call("logs:DeleteAccountPolicy", {
      policyName: "siem",
      policyType: "SUBSCRIPTION_FILTER_POLICY",
    }),
  },
  { name: "a delivery", record: call("logs:DeleteDelivery", { id: "d" }) },
  { name: "its destination", record: call("logs:DeleteDeliveryDestination", { name: "d" }) },
  {
    name: "a stream to an archive",
    record: call("firehose:DeleteDeliveryStream", { deliveryStreamName: "siem" }),
    evidence: "requestParameters.deliveryStreamName",
    resources: ["siem"],
  },
  {
    name: "a detector",
    record: call("logs:DeleteLogAnomalyDetector", { anomalyDetectorArn: "a" }),
    evidence: "requestParameters.anomalyDetectorArn",
  },
  { name: "its source", record: call("logs:DeleteDeliverySource", { name: "s" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
