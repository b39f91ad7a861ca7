import { answerKey, chatSeparator } from "../../chat-parts";
import { nameInArn } from "../../cloudtrail/parameters";
import { fieldsOf, listOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import type { Detection } from "../detection";

export const ownAnswerForged: Detection = {
  id: "own-answer-forged",
  title: "Somebody answered in the place of a chat room's buttons",
  severity: "critical",
  attack: { technique: "T1656", before: "T1036" },
  tier: "core",
  noise: "none",
  events: ["sns:TagResource"],
  // Tags are set all the time: only those of the rooms' topics are examined.
  hint: { field: "requestParameters", texts: [], own: (context) => roomTopics(context).map(nameInArn) },
  remediation: "alert",
  match(record, context) {
    const { resourceArn, tags } = fieldsOf(record.requestParameters);
    const topic = textOf(resourceArn) ?? "";
    const isAnswer = listOf(tags).some((tag) => fieldsOf(tag).key === answerKey);
    if (!isAnswer || !roomTopics(context).includes(topic)) return undefined;
    const issuer = fieldsOf(fieldsOf(fieldsOf(record.userIdentity).sessionContext).sessionIssuer);
    if (issuer.arn === roleOf(topic)) return undefined;
    return {
      evidence: [
        {
          parameter: "requestParameters.resourceArn",
          value: topic,
          why: "is the topic of a chat room, whose own role alone answers by tagging it: this answer did not count",
        },
      ],
      resources: [{ type: "AWS::SNS::Topic", id: topic }],
    };
  },
  runbook: [
    "Nothing was approved or denied by it: answers count only from the room's own role.",
    "Find out who made the call, and treat their credentials as stolen unless it was a test of yours.",
    "Take `sns:TagResource` on these topics from whoever does not deploy the stack.",
  ],
  falsePositives: ["Somebody tries what their permissions are worth."],
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html"],
};

/** The topics of chat rooms: each has a role of its own name. */
function roomTopics({ ownResources }: Pick<DetectionContext, "ownResources">): string[] {
  return ownResources.filter(
    (own) =>
      own.includes(":sns:") && nameInArn(own).includes(chatSeparator) && ownResources.includes(roleOf(own)),
  );
}

/** The role of a room, by its topic. */
function roleOf(topicArn: string): string {
  const [, partition, , , account] = topicArn.split(":");
  return `arn:${partition}:iam::${account}:role/${nameInArn(topicArn)}`;
}
