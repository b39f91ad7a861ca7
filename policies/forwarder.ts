import { busArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/** Only EventBridge may assume the role that forwards events, and only for rules of this account. */
export function forwarderTrust(place: Place): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EventBridgeForwards",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
        Condition: { StringEquals: { "aws:SourceAccount": place.account } },
      },
    ],
  };
}

/**
 * What the role may do: put events on the bus in the stack's region.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
 */
export function forwarderPolicy(place: Place, bus: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ForwardToTheBusAtHome",
        Effect: "Allow",
        Action: ["events:PutEvents"],
        Resource: [busArn(place, bus)],
      },
    ],
  };
}
