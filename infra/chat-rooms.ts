import { createHash } from "node:crypto";
import { actionSuffixes, answerKey, nameOfPart } from "../handlers/chat-parts";
import { matchesPattern } from "../handlers/pattern";
import type { PeriodSettings, Severity } from "../handlers/settings";
import { form } from "./checks";

/** A subscriber in a chat room that Amazon Q Developer in chat applications posts to. */
export interface ChatRoom {
  /** Unique in the stack. */
  name: string;
  protocol: "chat";
  minimumSeverity: Severity;
  /** Detection IDs or patterns of them; none: all. */
  detections: string[];
  /** None: all. */
  accounts: string[];
  /** How often it gets a summary of what is less severe; undefined: never. */
  summary?: PeriodSettings["every"] | undefined;
  where: SlackRoom | TeamsRoom;
  /** Whether findings that wait have buttons to approve and deny. */
  buttons: boolean;
}

export interface SlackRoom {
  slackTeam: string;
  slackChannel: string;
}

export interface TeamsRoom {
  teamsTeam: string;
  teamsTenant: string;
  /** As Amazon Q takes it: `19%3Aabc%40thread.tacv2`. */
  teamsChannel: string;
}

/** Whether a subscriber is a chat room. */
export function isChat(one: { protocol: string }): one is ChatRoom {
  return one.protocol === "chat";
}

const uuid = (what: string) =>
  form(`${what}: a UUID`, /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/);

/**
 * What identifies a room, by platform. IDs are as AWS::Chatbot takes them:
 * https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html,
 * https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateMicrosoftTeamsChannelConfiguration.html
 */
export const roomFields = {
  slack: {
    slackTeam: form("a workspace's ID: T0123456789", /^T[0-9A-Z]{6,20}$/),
    slackChannel: form("a channel's ID: C0123456789", /^[CG][0-9A-Z]{6,20}$/),
  },
  teams: {
    teamsTeam: uuid("the team's ID"),
    teamsTenant: uuid("the tenant's ID"),
    teamsChannel: form(
      'a channel\'s ID, as in its link: "19:abc@thread.tacv2", or 19%3Aabc%40thread.tacv2',
      /^[\w=+/.,-]{1,200}(?::|%3[aA])[\w=+/.,-]{1,200}(?:@|%40)[\w=+/.,-]{1,40}$/,
    ),
  },
};

/** How Amazon Q takes the ID of a channel of Teams. */
export function teamsRoomOf({ teamsTeam, teamsTenant, teamsChannel }: TeamsRoom): TeamsRoom {
  return { teamsTeam, teamsTenant, teamsChannel: teamsChannel.replace(":", "%3A").replace("@", "%40") };
}

/** Characters of a whole name: the suffix of a custom action follows, and 64 are allowed. */
const maxName = 60;

/** What distinguishes a room's parts from all others of the stack: its name, or a hash of it where that would be too long. */
export function chatPart(base: string, { name }: Pick<ChatRoom, "name">): string {
  if (nameOfPart(base, name).length <= maxName) return name;
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}

/** The name of a room's topic, role, policy, stack and configuration: `cloudtrailer-chat-red--security`. */
export function chatName(base: string, room: Pick<ChatRoom, "name">): string {
  return nameOfPart(base, chatPart(base, room));
}

/** Where in an event its form is. */
const formOf = (path: string) => `$.detail.unmapped.forms.chat${path}`;

/**
 * What the room's topic gets of an event. Buttons name the topic that they answer on, which differs by room: the command of a
 * custom action has no space for an ARN.
 */
export function roomTransformer(
  { buttons }: Pick<ChatRoom, "buttons">,
  topicArn: string,
): { inputPath: string } | { inputPaths: Record<string, string>; inputTemplate: string } {
  if (!buttons) return { inputPath: formOf("") };
  const metadata = ["threadId", "summary", "eventType", "relatedResources"];
  const answers = ["Waits", "Approve", "Deny"];
  const inputPaths = {
    id: formOf(".id"),
    content: formOf(".content"),
    ...Object.fromEntries(metadata.map((name) => [name, formOf(`.metadata.${name}`)])),
    ...Object.fromEntries(answers.map((name) => [name, formOf(`.metadata.additionalContext.${name}`)])),
  };
  const list = (names: string[]) => names.map((name) => `"${name}":<${name}>`).join(",");
  const [, , , region = ""] = topicArn.split(":");
  const own = `"Topic":${JSON.stringify(topicArn)},"Region":${JSON.stringify(region)}`;
  return {
    inputPaths,
    inputTemplate:
      `{"version":"1.0","source":"custom","id":<id>,"content":<content>,` +
      `"metadata":{${list(metadata)},"additionalContext":{${list(answers)},${own}}}}`,
  };
}

/** AWS's limit of a custom action's command, in characters. https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CustomActionDefinition.html */
export const maxCommand = 100;

/** The call with which a button answers. It changes nothing but a tag, and CloudTrail says who made it. */
const answerCommand = `sns tag-resource --resource-arn $Topic --tags Key=${answerKey},Value=$Say --region $Region`;

/** Where a custom action finds its variables. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-actions.html */
const variable = (name: string) => `event.metadata.additionalContext.${name}`;

function actionOf(name: string, verb: keyof typeof actionSuffixes): object {
  const says = verb === "approve" ? "Approve" : "Deny";
  return {
    Type: "AWS::Chatbot::CustomAction",
    Properties: {
      ActionName: `${name}${actionSuffixes[verb]}`,
      Attachments: [
        {
          NotificationType: "Custom",
          ButtonText: says,
          // Of other rooms' notifications too, which do not have this topic.
          Criteria: [
            { Operator: "EQUALS", VariableName: "Waits", Value: "yes" },
            { Operator: "HAS_VALUE", VariableName: "Topic" },
          ],
          Variables: {
            Waits: variable("Waits"),
            Topic: variable("Topic"),
            Region: variable("Region"),
            Say: variable(says),
          },
        },
      ],
      Definition: { CommandText: answerCommand },
    },
  };
}

/**
 * The CloudFormation template of a room: its configuration in Amazon Q and, with buttons, their custom actions, which Pulumi's
 * AWS provider does not have.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html
 */
export function roomTemplate(
  { where, buttons }: Pick<ChatRoom, "where" | "buttons">,
  names: { name: string; topicArn: string; roleArn: string; policyArn: string },
): object {
  const { name, topicArn, roleArn, policyArn } = names;
  const common = {
    ConfigurationName: name,
    IamRoleArn: roleArn,
    SnsTopicArns: [topicArn],
    // Without any, AWS lets the room do whatever its people may: the default is AdministratorAccess.
    GuardrailPolicies: [policyArn],
    LoggingLevel: "ERROR",
    UserRoleRequired: false,
    ...(buttons
      ? {
          CustomizationResourceArns: ["Approve", "Deny"].map((action) => ({
            "Fn::GetAtt": [action, "CustomActionArn"],
          })),
        }
      : {}),
  };
  const room =
    "slackTeam" in where
      ? {
          Type: "AWS::Chatbot::SlackChannelConfiguration",
          Properties: { ...common, SlackWorkspaceId: where.slackTeam, SlackChannelId: where.slackChannel },
        }
      : {
          Type: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
          Properties: {
            ...common,
            TeamId: where.teamsTeam,
            TeamsTenantId: where.teamsTenant,
            TeamsChannelId: where.teamsChannel,
          },
        };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Posts cloudtrailer's findings to a chat room",
    Resources: {
      ...(buttons ? { Approve: actionOf(name, "approve"), Deny: actionOf(name, "deny") } : {}),
      Room: room,
    },
  };
}

/** The line of the configuration that lets a room's buttons decide. */
export function approverOf(name: string): string {
  return `arn:aws:sts::ACCOUNT:assumed-role/${name}/*`;
}

/** Whether any of the patterns may match a session of a room's role. Neither the account nor the session's name is known yet. */
export function isApprover(approvers: string[], name: string): boolean {
  return approvers.some((pattern) => {
    const [, partition = "", , , account = ""] = pattern.split(":");
    const session = pattern.slice(pattern.lastIndexOf("/") + 1).replaceAll("*", "x") || "x";
    const of = (part: string, other: string) => (/^[\w-]+$/.test(part) ? part : other);
    const arn = `arn:${of(partition, "aws")}:sts::${of(account, "000000000000")}:assumed-role/${name}/${session}`;
    return matchesPattern(pattern, arn);
  });
}
