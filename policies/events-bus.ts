import { busArn, roleArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/**
 * The bus to which the rules of every region forward records: only their role puts events there, and with members the role of
 * the same name in each account of the organization. The account's other principals need no policy of the bus to do so, hence the
 * deny.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
 */
export function eventsBusPolicy(
  place: Place,
  bus: string,
  role: string,
  organizationId?: string,
): PolicyDocument {
  const Resource = [busArn(place, bus)];
  const forwarder = { "aws:PrincipalArn": roleArn(place, role) };
  if (organizationId !== undefined) {
    const anyForwarder = { "aws:PrincipalArn": roleArn({ ...place, account: "*" }, role) };
    const ofOrganization = { "aws:PrincipalOrgID": organizationId };
    const about = { Principal: "*" as const, Action: ["events:PutEvents"], Resource };
    return {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ForwardersPutEvents",
          Effect: "Allow",
          ...about,
          Condition: { ArnLike: anyForwarder, StringEquals: ofOrganization },
        },
        { Sid: "NobodyElsePutsEvents", Effect: "Deny", ...about, Condition: { ArnNotLike: anyForwarder } },
        {
          Sid: "NobodyElsewherePutsEvents",
          Effect: "Deny",
          ...about,
          Condition: { StringNotEquals: ofOrganization },
        },
      ],
    };
  }
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
