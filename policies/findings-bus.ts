import { busArn, roleArn, ruleArn, senderArn, sessionArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/**
 * The bus for findings: only the detector puts events on it. Whoever could forge a finding could wake people at night, or make
 * them stop reading.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
 */
export function findingsBusPolicy(args: { place: Place; bus: string; role: string }): PolicyDocument {
  const { place, bus, role } = args;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "NobodyElsePutsFindings",
        Effect: "Deny",
        Principal: "*",
        Action: ["events:PutEvents"],
        Resource: [busArn(place, bus)],
        // What AWS calls a session of the role, and what the session calls itself.
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": [roleArn(place, role), sessionArn(place, role)] },
        },
      },
    ],
  };
}

/** What EventBridge may do for rules on the bus: call the API destinations of this stack. */
export function senderPolicy(place: Place, bus: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "CallApiDestinations",
        Effect: "Allow",
        Action: ["events:InvokeApiDestination"],
        Resource: [senderArn(place, "api-destination", `${bus}.`)],
      },
    ],
  };
}

/** The queue for what could not be delivered: only rules on the bus send to it. */
export function undeliveredQueuePolicy(place: Place, bus: string, queueArn: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RulesOfTheBusHandOver",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sqs:SendMessage"],
        Resource: [queueArn],
        Condition: { ArnLike: { "aws:SourceArn": ruleArn(place, `${bus}/*`) } },
      },
    ],
  };
}
