/**
 * The parts of subscribers with protocol `chat`: names and ARNs that follow from what the settings say of them, so that settings
 * need no room for them, and the program and the function agree.
 */

/** The subscribers in chat rooms of Amazon Q Developer, as the settings name them. */
export interface ChatSettings {
  /** With what the names of their parts begin: `cloudtrailer-chat-red`. */
  base: string;
  /** What identifies each: {@link chatPartName}. */
  parts: string[];
  /** Those of them that have buttons. */
  buttons: string[];
}

/** What belongs to one chat room. Topic, role, policy, stack and configuration have one name. */
export interface ChatParts {
  topicArn: string;
  /** The role with which Amazon Q answers for people in the room. */
  roleArn: string;
  /** All that the role may, and the room's guardrail. */
  policyArn: string;
  /** Without the ID that AWS appends: `arn:aws:cloudformation:us-west-2:111122223333:stack/<name>`. */
  stackArn: string;
  /** Ends in the name, under whichever platform. */
  configurationArns: string[];
  actionArns: string[];
}

/** What separates the name of a room from what all of them begin with. No team's name contains it. */
export const chatSeparator = "--";

/** How the names of the two buttons' custom actions end. */
export const actionSuffixes = { approve: "-yes", deny: "-no" } as const;

/** The key of the tag with which a button answers. */
export const answerKey = "cloudtrailer-answer";

/** @param near any ARN of the stack's region and account */
export function chatPartsOf(name: string, near: string): ChatParts {
  const [, partition = "aws", , region = "", account = ""] = near.split(":");
  return {
    topicArn: `arn:${partition}:sns:${region}:${account}:${name}`,
    roleArn: `arn:${partition}:iam::${account}:role/${name}`,
    policyArn: `arn:${partition}:iam::${account}:policy/${name}`,
    stackArn: `arn:${partition}:cloudformation:${region}:${account}:stack/${name}`,
    configurationArns: ["slack-channel", "microsoft-teams-channel"].map(
      (kind) => `arn:${partition}:chatbot::${account}:chat-configuration/${kind}/${name}`,
    ),
    actionArns: Object.values(actionSuffixes).map(
      (suffix) => `arn:${partition}:chatbot::${account}:custom-action/${name}${suffix}`,
    ),
  };
}

/** ARNs of everything that belongs to chat rooms, as `context.ownResources` has them. @param near as above */
export function chatResources(chat: ChatSettings | undefined, near: string): string[] {
  return (chat?.parts ?? []).flatMap((part) => {
    const { topicArn, roleArn, policyArn, stackArn, configurationArns, actionArns } = chatPartsOf(
      nameOfPart(chat?.base ?? "", part),
      near,
    );
    return [topicArn, roleArn, policyArn, stackArn, ...configurationArns, ...actionArns];
  });
}

/** The whole name: `cloudtrailer-chat-red--security`. */
export function nameOfPart(base: string, part: string): string {
  return `${base}${chatSeparator}${part}`;
}
