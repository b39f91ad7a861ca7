import { busArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/** EventBridge alone may take the role with which it forwards events, and only for rules of this account. */
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
 * What the role may do: hand events to the bus at home.
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
