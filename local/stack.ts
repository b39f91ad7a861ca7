import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import {
  SQSClient,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { setTimeout as pause } from "node:timers/promises";
import type { Alert } from "../handlers/alerts/alert";
import { partitionOf } from "../handlers/aws/regions";
import { fieldsOf } from "../handlers/json";
import type { Mode } from "../handlers/settings";
import { type Deployment, type Destroyed, deploy } from "./deployer";
import { type Credentials, type Emulator, startEmulator } from "./emulator";
import { type Recorder, type RecorderOptions, startRecorder } from "./recorder/recorder";

/** How to bring up a stack on this machine; recorder options are passed on. */
export interface LocalStackOptions
  extends Pick<
    RecorderOptions,
    | "port"
    | "organization"
    | "deliverEveryMs"
    | "digestEveryMs"
    | "eventDelays"
    | "eventForm"
    | "inLogFile"
    | "isFromBefore"
    | "onRecord"
    | "onDelivery"
    | "onError"
  > {
  team: string;
  /** An emulator to use instead of a new one; it keeps running when the stack is stopped. */
  emulator?: Emulator;
  mode?: Exclude<Mode, "off">;
  /** Region of a new emulator; us-west-2 if omitted. */
  region?: string;
  /**
   * Names of topics of the stack to listen to. Their subscriptions are there before the deployment ends, so that they are part of
   * what it leaves; a later one is a difference that the self-check rightly reports.
   */
  listensTo?: string[];
  /** More configuration: `{ records: "all" }`, with values in Pulumi's form (JSON for lists and objects). */
  config?: Record<string, string>;
  progress?(line: string): void;
}

/** A stack that runs on this machine: emulator, recorder, and the program deployed to them. */
export interface LocalStack {
  /** The endpoint for AWS clients: the recorder, in front of the emulator. */
  endpoint: string;
  region: string;
  account: string;
  credentials: Credentials;
  emulator: Emulator;
  recorder: Recorder;
  deployment: Deployment;
  /** Listeners to the topics that were asked for, in their order. */
  listeners: Listener<unknown>[];
  /** What the program exports. */
  outputs: Record<string, string>;
  /** Deletes everything that was deployed, and returns what is left. */
  destroy(): Promise<Destroyed>;
  /** Stops the recorder and the emulator. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts embedded AWS and deploys the unchanged program to it.
 *
 * @throws Error that says what is missing or in the way; then nothing is left running
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const {
    team,
    mode = "fix",
    config = {},
    progress = () => {},
    emulator: running,
    region: wanted,
    listensTo = [],
    ...ofRecorder
  } = options;
  if (running === undefined) progress("starting embedded AWS");
  const emulator = running ?? (await startEmulator(wanted === undefined ? {} : { region: wanted }));
  const stopEmulator = async () => {
    if (running === undefined) await emulator.stop();
  };
  let recorder: Recorder | undefined;
  const waiting = new AbortController();
  try {
    const { endpoint: upstream, account, region, credentials, models } = emulator;
    recorder = await startRecorder({ ...ofRecorder, upstream, account, region, credentials, models });
    const started = recorder;
    const listening = Promise.all(
      listensTo.map((name) =>
        listen<unknown>({ region, credentials, emulator }, topicArnOf(emulator, name), waiting.signal),
      ),
    );
    // What went wrong is of interest only when the stack is there.
    listening.catch(() => undefined);
    const deployment = await deploy({
      endpoint: started.endpoint,
      account,
      region,
      credentials: await makeAdministrator(emulator, deployerOf(team)),
      stack: team,
      config: {
        "aws:region": region,
        "cloudtrailer:team": team,
        "cloudtrailer:mode": mode,
        ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`cloudtrailer:${key}`, value])),
      },
      // On this machine, nothing is kept that a secret could be read from.
      secretKeys: ["cloudtrailer:subscribers"],
      progress,
    });
    const stop = async () => {
      await started.close();
      await stopEmulator();
    };
    return {
      endpoint: started.endpoint,
      region,
      account,
      credentials,
      emulator,
      recorder: started,
      deployment,
      listeners: await listening,
      outputs: deployment.outputs as Record<string, string>,
      destroy: () => deployment.destroy(),
      stop,
    };
  } catch (error) {
    waiting.abort();
    await recorder?.close();
    await stopEmulator();
    throw error;
  }
}

/** The IAM user that deploys a team's stack. */
export function deployerOf(team: string): string {
  return `deployer-of-${team}`;
}

function topicArnOf({ region, account }: Emulator, name: string): string {
  return `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`;
}

/**
 * Creates an IAM user who may do everything, past the recorder, as if it had existed before the trail. The root user's own
 * calls would rightly raise alerts.
 *
 * @returns the user's keys
 */
export async function makeAdministrator(emulator: Emulator, name: string): Promise<Credentials> {
  const { region, credentials, endpoint } = emulator;
  const iam = new IAMClient({ region, credentials, endpoint });
  await iam.send(new CreateUserCommand({ UserName: name }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  iam.destroy();
  return { accessKeyId: String(AccessKey?.AccessKeyId), secretAccessKey: String(AccessKey?.SecretAccessKey) };
}

/**
 * Whether a message on the alert topic is about a finding. Others are published there, too: about an open breaker, say.
 */
export function isAlert(message: unknown): message is Alert {
  const { severity, outcome, title, what, who, when } = fieldsOf(message);
  return (
    [severity, outcome, title, fieldsOf(who).name].every((text) => typeof text === "string") &&
    Array.isArray(fieldsOf(what).resources) &&
    fieldsOf(when) === when
  );
}

/** How long to wait for a topic before looking again, in ms. */
const betweenLooksMs = 100;

/** What comes of a call when the topic is there. @param waiting until when to wait for it; not at all if omitted */
async function onceThere<Value>(make: () => Promise<Value>, waiting?: AbortSignal): Promise<Value> {
  for (;;) {
    try {
      return await make();
    } catch (error) {
      const isMissing = /^NotFound/.test((error as Error).name);
      if (!isMissing || waiting === undefined || waiting.aborted) throw error;
      await pause(betweenLooksMs);
    }
  }
}

/** A subscriber of the stack's alerts (or of another topic) that shows what arrives, for people and tests. */
export interface Listener<Message> {
  /** Messages that arrived since the last call; waits up to a second for the first. */
  next(): Promise<Message[]>;
  /** Removes the subscription and its queue. */
  close(): Promise<void>;
}

/**
 * Subscribes a queue to a topic of the stack. Messages that are JSON are parsed.
 *
 * @param waiting if given, waits for the topic until it is called off
 */
export async function listen<Message = Alert>(
  stack: Pick<LocalStack, "region" | "credentials" | "emulator">,
  topicArn: string,
  waiting?: AbortSignal,
): Promise<Listener<Message>> {
  const { region, credentials } = stack;
  const connection = { region, credentials, endpoint: stack.emulator.endpoint };
  const sqs = new SQSClient(connection);
  const sns = new SNSClient(connection);
  const name = `listener-${topicArn.slice(topicArn.lastIndexOf(":") + 1)}-${Date.now()}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes: created } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  const queueArn = String(created?.QueueArn);
  const letIn = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      },
    ],
  };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(letIn) } }));
  const subscribe = new SubscribeCommand({
    TopicArn: topicArn,
    Protocol: "sqs",
    Endpoint: queueArn,
    Attributes: { RawMessageDelivery: "true" },
  });
  const { SubscriptionArn } = await onceThere(() => sns.send(subscribe), waiting);
  return {
    async next() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      if (Messages.length > 0)
        await sqs.send(
          new DeleteMessageBatchCommand({
            QueueUrl,
            Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          }),
        );
      return Messages.map(({ Body = "" }) => (Body.startsWith("{") ? JSON.parse(Body) : Body) as Message);
    },
    async close() {
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      sqs.destroy();
      sns.destroy();
    },
  };
}
