import { type CallAws, callsTo } from "../../handlers/aws/call";
import { nameInArn } from "../../handlers/cloudtrail/parameters";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../handlers/json";
import type { Tried } from "../../handlers/on-trial";

/** What became of a test alert, for one subscriber. */
export interface Receipt {
  /** `email security@example.com`, `slack-1`. */
  subscriber: string;
  state: "accepted" | "delivered" | "dead-lettered" | "unknowable" | "unconfirmed" | "off" | "refused";
  says: string;
}

/** States of subscribers that get no alerts. */
export const wrongReceipts: readonly Receipt["state"][] = ["dead-lettered", "unconfirmed", "off", "refused"];

/** A test alert, and what became of it. */
export interface Reached {
  /** As in the alert's text. */
  id: string;
  receipts: Receipt[];
}

/** What to test. */
export interface TestAlertsOptions {
  alertTopicArn: string;
  /** Name of the bus; empty: none. */
  findingsBus: string;
  function: string;
  region: string;
  /** How long to look for what became of it. */
  waitMs: number;
  aws: CallAws;
  progress?(text: string): void;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
}

/** Between two looks at the dead-letter queue and the metrics, ms. */
const betweenLooksMs = 5_000;

/** How long a dead-lettered message is hidden from others who look, s. */
const hiddenSeconds = 5;

/** A rule that passes findings on. */
interface Channel {
  rule: string;
  ruleArn: string;
  isOn: boolean;
  /** Whether it passes findings on to a room of Amazon Q, of which AWS counts no more than that the topic has them. */
  isRoom: boolean;
}

/**
 * Has the function publish a test alert to all subscribers, and looks for what became of each: EventBridge counts deliveries, and
 * puts what it gave up into the dead-letter queue.
 *
 * @throws Error when the function published nothing
 */
export async function testAlerts(options: TestAlertsOptions): Promise<Reached> {
  const { findingsBus, progress } = options;
  const subscribers = await subscribersOf(options);
  const channels = findingsBus === "" ? [] : await channelsOf(options);
  // AWS keeps counts by the minute.
  const since = Math.floor(options.now() / 60_000) * 60_000;
  progress?.("the function publishes the test alert");
  const { id, undelivered } = await publish(options);
  if (undelivered !== undefined) {
    const says = `the bus ${findingsBus} did not take it: ${undelivered}`;
    return { id, receipts: [...subscribers, ...channels.map(({ rule }) => refused(rule, says))] };
  }
  return { id, receipts: [...subscribers, ...(await receiptsOf(channels, id, since, options))] };
}

const refused = (subscriber: string, says: string): Receipt => ({ subscriber, state: "refused", says });

async function publish({ function: FunctionName, region, aws }: TestAlertsOptions): Promise<Tried["alert"]> {
  const Payload = Buffer.from(JSON.stringify({ cloudtrailer: "try", everybody: true })).toString("base64");
  const invoke = callsTo("lambda", region)("Invoke", { FunctionName, Payload });
  const answer = await aws({ ...invoke, bytes: ["Payload"] });
  const text = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []).toString("utf8");
  if (answer.FunctionError !== undefined)
    throw new Error(`the function ${FunctionName} failed: ${text.slice(0, 500)}`);
  const { alert } = fieldsOf(JSON.parse(text || "{}")) as unknown as Partial<Tried>;
  if (alert === undefined)
    throw new Error(`expected the function ${FunctionName} to know test alerts: deploy this version first`);
  if (alert.problem !== undefined)
    throw new Error(`the function ${FunctionName} published no alert: ${alert.problem}`);
  return alert;
}

/** Subscribers of the topic. SNS does not say what became of a message to one of them. */
async function subscribersOf({
  alertTopicArn: TopicArn,
  region,
  aws,
}: TestAlertsOptions): Promise<Receipt[]> {
  const calls = callsTo("sns", region);
  const receipts: Receipt[] = [];
  let NextToken: unknown;
  do {
    const more = NextToken === undefined ? {} : { NextToken };
    const page = await aws(calls("ListSubscriptionsByTopic", { TopicArn, ...more }));
    receipts.push(...listOf(page.Subscriptions).map((one) => receiptOfSubscription(fieldsOf(one))));
    ({ NextToken } = page);
  } while (NextToken !== undefined && NextToken !== "");
  return receipts;
}

function receiptOfSubscription({ Protocol, Endpoint, SubscriptionArn }: Record<string, unknown>): Receipt {
  const protocol = plainTextOf(Protocol);
  const subscriber = `${protocol} ${shownEndpoint(plainTextOf(Endpoint))}`;
  if (!plainTextOf(SubscriptionArn).startsWith("arn:"))
    return {
      subscriber,
      state: "unconfirmed",
      says: "it gets no alerts until somebody follows the link that SNS sent",
    };
  if (/^email|^sms$/.test(protocol))
    return { subscriber, state: "unknowable", says: "SNS took it: look whether it has arrived" };
  return { subscriber, state: "accepted", says: "SNS took it, and tries to deliver it" };
}

/** The address of a web service may contain a key. */
function shownEndpoint(endpoint: string): string {
  if (endpoint.startsWith("arn:")) return nameInArn(endpoint);
  return URL.canParse(endpoint) && /^https?:/.test(endpoint) ? new URL(endpoint).host : endpoint;
}

/** The rules on the bus that send to API destinations, and to rooms of Amazon Q. A team's own rules are its own to test. */
async function channelsOf({ findingsBus, region, aws }: TestAlertsOptions): Promise<Channel[]> {
  const calls = callsTo("events", region);
  const channels: Channel[] = [];
  let NextToken: unknown;
  do {
    const more = NextToken === undefined ? {} : { NextToken };
    const page = await aws(calls("ListRules", { EventBusName: findingsBus, ...more }));
    for (const one of listOf(page.Rules).map(fieldsOf)) {
      const rule = plainTextOf(one.Name);
      const { Targets } = await aws(calls("ListTargetsByRule", { Rule: rule, EventBusName: findingsBus }));
      const targets = listOf(Targets).map(fieldsOf);
      const isRoom = targets.some(({ Id, Arn }) => Id === "chat" && plainTextOf(Arn).includes(":sns:"));
      const sends = targets.some(({ Arn }) => plainTextOf(Arn).includes(":api-destination/"));
      const isOn = textOf(one.State) !== "DISABLED";
      if (sends || isRoom) channels.push({ rule, ruleArn: plainTextOf(one.Arn), isOn, isRoom });
    }
    ({ NextToken } = page);
  } while (NextToken !== undefined && NextToken !== "");
  return channels;
}

async function receiptsOf(
  channels: Channel[],
  id: string,
  since: number,
  options: TestAlertsOptions,
): Promise<Receipt[]> {
  const { waitMs, now, pause, progress } = options;
  const known = new Map<string, Receipt>();
  for (const { rule, isOn } of channels)
    if (!isOn) known.set(rule, { subscriber: rule, state: "off", says: "its rule is disabled" });
  const ends = now() + waitMs;
  const left = () => channels.filter(({ rule }) => !known.has(rule));
  while (left().length > 0) {
    for (const { ruleArn, says } of await deadLettersOf(id, options)) {
      const channel = left().find((one) => one.ruleArn === ruleArn);
      if (channel !== undefined)
        known.set(channel.rule, { subscriber: channel.rule, state: "dead-lettered", says });
    }
    for (const channel of left())
      if (await isDelivered(channel.rule, since, options))
        known.set(channel.rule, { subscriber: channel.rule, ...deliveredTo(channel) });
    if (left().length === 0 || now() >= ends) break;
    progress?.(
      `waiting for ${left()
        .map(({ rule }) => rule)
        .join(", ")}`,
    );
    await pause(Math.min(betweenLooksMs, Math.max(0, ends - now())));
  }
  return channels.map(
    ({ rule }) =>
      known.get(rule) ?? {
        subscriber: rule,
        state: "accepted",
        says: "EventBridge took it, and has neither delivered it nor given up yet",
      },
  );
}

function deliveredTo({ isRoom }: Channel): Pick<Receipt, "state" | "says"> {
  return isRoom
    ? { state: "unknowable", says: "its topic has it: look whether Amazon Q has posted it in the room" }
    : { state: "delivered", says: "the receiver answered that it has it" };
}

/**
 * The test alerts that EventBridge gave up. They stay in the queue.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
async function deadLettersOf(
  id: string,
  { findingsBus, region, aws }: TestAlertsOptions,
): Promise<{ ruleArn: string; says: string }[]> {
  const calls = callsTo("sqs", region);
  // The queue has the name of the bus.
  const { QueueUrl } = await aws(calls("GetQueueUrl", { QueueName: findingsBus }));
  const found: { ruleArn: string; says: string }[] = [];
  const seen = new Set<string>();
  for (;;) {
    const { Messages } = await aws(
      calls("ReceiveMessage", {
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        MessageAttributeNames: ["All"],
      }),
    );
    const fresh = listOf(Messages)
      .map(fieldsOf)
      .filter(({ MessageId }) => !seen.has(plainTextOf(MessageId)));
    if (fresh.length === 0) return found;
    for (const { MessageId, Body, MessageAttributes } of fresh) {
      seen.add(plainTextOf(MessageId));
      const said = (name: string) => textOf(fieldsOf(fieldsOf(MessageAttributes)[name]).StringValue) ?? "";
      if (plainTextOf(Body).includes(id))
        found.push({
          ruleArn: said("RULE_ARN"),
          says: [said("ERROR_CODE"), said("ERROR_MESSAGE")].filter((text) => text !== "").join(": "),
        });
    }
  }
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
async function isDelivered(
  rule: string,
  since: number,
  { findingsBus, region, aws, now }: TestAlertsOptions,
): Promise<boolean> {
  const { Datapoints } = await aws(
    callsTo("cloudwatch", region)("GetMetricStatistics", {
      Namespace: "AWS/Events",
      MetricName: "SuccessfulInvocationAttempts",
      Dimensions: [
        { Name: "EventBusName", Value: findingsBus },
        { Name: "RuleName", Value: rule },
      ],
      StartTime: new Date(since),
      EndTime: new Date(now() + 60_000),
      Period: 60,
      Statistics: ["Sum"],
    }),
  );
  return listOf(Datapoints).some((point) => Number(fieldsOf(point).Sum) > 0);
}
