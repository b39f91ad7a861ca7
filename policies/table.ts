import { roleArn, sessionArn, tableArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/**
 * Everything that writes items: by the API, in batches and transactions, and by PartiQL.
 *
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
export const writesOfItems = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PartiQLDelete",
  "dynamodb:PartiQLInsert",
  "dynamodb:PartiQLUpdate",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];

/**
 * The findings table: only the detector writes items, whatever the policies of others allow. People may read items and manage
 * the table as their policies allow. Replication is denied as well, so that nobody can add a replica in another region and
 * write there.
 */
export function tablePolicy(args: { place: Place; table: string; role: string }): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // A finding claimed by hand would never be handled; a baseline, switch or permit written by hand is an attack.
        Sid: "NobodyElseWrites",
        Effect: "Deny",
        Principal: "*",
        Action: writesOfItems,
        Resource: [tableArn(args.place, args.table)],
        Condition: {
          // What AWS calls a session of the role, and what the session calls itself.
          ArnNotLike: {
            "aws:PrincipalArn": [roleArn(args.place, args.role), sessionArn(args.place, args.role)],
          },
        },
      },
    ],
  };
}
