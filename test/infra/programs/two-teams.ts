import * as aws from "@pulumi/aws";
import { Cloudtrailer } from "../../../infra";

/** Somebody else's program, as in docs/component.md: two teams in one program, the second in another region. */
const ireland = new aws.Provider("ireland", { region: "eu-west-1" });
const payments = new Cloudtrailer("payments", {
  team: "payments",
  detections: { "cloudtrail-logging-stopped": { mode: "fix" } },
  subscribers: [{ protocol: "email", endpoint: "you@example.com", minimumSeverity: "medium" }],
  maxFixesPerHour: 3,
});
const shop = new Cloudtrailer(
  "shop",
  { team: "shop", multiRegion: false, fast: "none" },
  { provider: ireland },
);

export const alertTopics = [payments.alertTopicArn, shop.alertTopicArn];
export const eventsTopics = [payments.eventsTopicArn === undefined, shop.eventsTopicArn === undefined];
