import { roleArn, ruleArn, ruleOnBusArn, sessionArn, topicArn, trailArn } from "./arns";
import type { Place, PolicyDocument, Statement } from "./document";

/**
 * The topic for CloudTrail's notifications: only this trail publishes.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-permissions-for-sns-notifications.html
 */
export function logTopicPolicy(args: { place: Place; topic: string; trail: string }): PolicyDocument {
  const arn = topicArn(args.place, args.topic);
  const source = trailArn(args.place, args.trail);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TrailPublishes",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { StringEquals: { "aws:SourceArn": source } },
      },
      {
        // A forged notification would make the detector read what somebody else chose.
        Sid: "NobodyElsePublishes",
        Effect: "Deny",
        Principal: "*",
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { StringNotEquals: { "aws:SourceArn": source } },
      },
      onlyWithTls(arn),
    ],
  };
}

/**
 * A topic to which only one rule of EventBridge publishes.
 *
 * @param rule its ARN
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
function onlyRulePublishes(place: Place, topic: string, rule: string): PolicyDocument {
  const arn = topicArn(place, topic);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RulePublishes",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { ArnEquals: { "aws:SourceArn": rule } },
      },
      {
        Sid: "NobodyElsePublishes",
        Effect: "Deny",
        Principal: "*",
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { ArnNotEquals: { "aws:SourceArn": rule } },
      },
      onlyWithTls(arn),
    ],
  };
}

/**
 * The topic for S3's events of an existing bucket: only this rule publishes. Whoever else did would make the detector read log
 * files again: harmless, but it costs.
 */
export function bucketEventsTopicPolicy(args: { place: Place; topic: string; rule: string }): PolicyDocument {
  return onlyRulePublishes(args.place, args.topic, ruleArn(args.place, args.rule));
}

/**
 * The topic of a chat room: only the room's rule on the findings bus publishes. What is posted there looks like a finding, and its
 * buttons decide about fixes.
 */
export function chatTopicPolicy(args: {
  place: Place;
  topic: string;
  bus: string;
  rule: string;
}): PolicyDocument {
  return onlyRulePublishes(args.place, args.topic, ruleOnBusArn(args.place, args.bus, args.rule));
}

/** The topic for alerts: only the detector publishes. */
export function alertTopicPolicy(args: { place: Place; topic: string; role: string }): PolicyDocument {
  const arn = topicArn(args.place, args.topic);
  // What AWS calls a session of the role, and what the session calls itself.
  const detector = [roleArn(args.place, args.role), sessionArn(args.place, args.role)];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // The account with a condition, not the role as principal, because the role may be created after the topic.
        Sid: "DetectorPublishes",
        Effect: "Allow",
        Principal: { AWS: `arn:${args.place.partition}:iam::${args.place.account}:root` },
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { ArnLike: { "aws:PrincipalArn": detector } },
      },
      {
        // False alerts can make people act, or stop reading.
        Sid: "NobodyElsePublishes",
        Effect: "Deny",
        Principal: "*",
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { ArnNotLike: { "aws:PrincipalArn": detector } },
      },
      onlyWithTls(arn),
    ],
  };
}

/**
 * The second path's topic: only these EventBridge rules and CloudWatch alarms publish. The detector's role may not: messages
 * here can be trusted even if the function is dead, or runs somebody else's code.
 *
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function watchTopicPolicy(args: {
  place: Place;
  topic: string;
  /** ARNs; none for a topic that only alarms publish to. */
  rules: string[];
  /** ARNs. */
  alarms: string[];
}): PolicyDocument {
  const { place, rules, alarms } = args;
  const arn = topicArn(place, args.topic);
  const publishes = (Sid: string, service: string, sources: string[]): Statement[] =>
    sources.length === 0
      ? []
      : [
          {
            Sid,
            Effect: "Allow",
            Principal: { Service: service },
            Action: ["SNS:Publish"],
            Resource: [arn],
            Condition: { ArnEquals: { "aws:SourceArn": sources } },
          },
        ];
  return {
    Version: "2012-10-17",
    Statement: [
      ...publishes("RulesPublish", "events.amazonaws.com", rules),
      ...publishes("AlarmsPublish", "cloudwatch.amazonaws.com", alarms),
      {
        // Anybody who could publish here could cry wolf until nobody reads it.
        Sid: "NobodyElsePublishes",
        Effect: "Deny",
        Principal: "*",
        Action: ["SNS:Publish"],
        Resource: [arn],
        Condition: { ArnNotEquals: { "aws:SourceArn": [...rules, ...alarms] } },
      },
      onlyWithTls(arn),
    ],
  };
}

function onlyWithTls(arn: string): Statement {
  return {
    Sid: "OnlyWithTls",
    Effect: "Deny",
    Principal: "*",
    Action: ["SNS:Publish"],
    Resource: [arn],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
