import { busArn, roleArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/**
 * The bus to which the rules of every region forward records: only their role puts events there. The account's other principals
 * need no policy of the bus to do so, hence the deny.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
 */
export function eventsBusPolicy(place: Place, bus: string, role: string): PolicyDocument {
  const Resource = [busArn(place, bus)];
  const forwarder = { "aws:PrincipalArn": roleArn(place, role) };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TheForwarderPutsEvents",
        Effect: "Allow",
        Principal: { AWS: `arn:${place.partition}:iam::${place.account}:root` },
        Action: ["events:PutEvents"],
        Resource,
        Condition: { ArnEquals: forwarder },
      },
      {
        Sid: "NobodyElsePutsEvents",
        Effect: "Deny",
        Principal: "*",
        Action: ["events:PutEvents"],
        Resource,
        Condition: { ArnNotEquals: forwarder },
      },
    ],
  };
}
