import { topicArn } from "./arns";
import type { Place, PolicyDocument } from "./document";

/**
 * Only Amazon Q assumes a room's role.
 *
 * Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-iam-policies.html
 */
export function chatTrust(place: Place): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AmazonQAnswersForTheRoom",
        Effect: "Allow",
        Principal: { Service: "chatbot.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        // AWS does not document that Amazon Q always says so.
        Condition: { StringEqualsIfExists: { "aws:SourceAccount": place.account } },
      },
    ],
  };
}

/**
 * All that a room may do, both as its role's policy and as its guardrail: set the one tag that is an answer, on its own topic. Without
 * buttons: nothing.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html#access_tags_control-tag-keys
 */
export function chatRolePolicy(args: {
  place: Place;
  topic: string;
  buttons: boolean;
  /** Key of the tag. */
  key: string;
}): PolicyDocument {
  const { place, topic, buttons, key } = args;
  if (!buttons)
    return {
      Version: "2012-10-17",
      Statement: [{ Sid: "NothingFromTheRoom", Effect: "Deny", Action: ["*"], Resource: ["*"] }],
    };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AnswerByATag",
        Effect: "Allow",
        Action: ["sns:TagResource"],
        Resource: [topicArn(place, topic)],
        Condition: {
          "ForAllValues:StringEquals": { "aws:TagKeys": [key] },
          Null: { "aws:TagKeys": "false" },
        },
      },
    ],
  };
}
