import { PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { asCloudTrail, type RootClients } from "./root-clients";
import type { Trail } from "./trails";

/**
 * When a record is handed to EventBridge: a delay in ms after it is written, once per number. No number: it is lost, as AWS's
 * best effort allows; two: it arrives twice; a large one: it is late.
 */
export type EventDelays = (record: CloudTrailRecord) => number[];

/** The record as EventBridge gets it: the same, or one that is cut short. */
export type EventForm = (record: CloudTrailRecord) => CloudTrailRecord;

export interface EventsOptions {
  clients: RootClients;
  /** Once, immediately, if omitted. */
  delays?: EventDelays;
  /** The same if omitted. */
  form?: EventForm;
  onError(error: Error): void;
}

/** Hands records to EventBridge, each in its own region, as CloudTrail does within seconds. */
export interface Events {
  /** @param trail one that gets the record: without any, EventBridge does not get it either */
  add(trail: Trail, record: CloudTrailRecord): void;
  /** Hands over what is due. Events that fail are reported and lost: CloudTrail promises only best effort. */
  flush(): Promise<void>;
  /** Hands over what is due, and drops the rest. */
  close(): Promise<void>;
}

/**
 * Maximum entries of one PutEvents call. Source:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const maxEntries = 10;

/** Larger records do not reach EventBridge. Bytes. */
const maxDetail = 256 * 1024;

/** How long events are collected, in ms. */
const gatherFor = 50;

/**
 * By the record's `eventType`. The page has "Signin" for one, its events have "Sign In".
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
const detailTypes: Record<string, string> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
};

/** A record as EventBridge gets it; undefined if it does not. */
export function eventOf(record: CloudTrailRecord): PutEventsRequestEntry | undefined {
  const DetailType = detailTypes[String(record.eventType)];
  const Detail = JSON.stringify(record);
  if (DetailType === undefined || Buffer.byteLength(Detail) > maxDetail) return undefined;
  return {
    Time: new Date(record.eventTime),
    Source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, "")}`,
    DetailType,
    Detail,
  };
}

/** Creates the hand-over to EventBridge. */
export function createEvents({
  clients,
  delays = () => [0],
  form = (record) => record,
  onError,
}: EventsOptions): Events {
  const due: { trail: Trail; region: string; entry: PutEventsRequestEntry }[] = [];
  const late = new Set<NodeJS.Timeout>();
  let gathering: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  async function put(trail: Trail, region: string, Entries: PutEventsRequestEntry[]): Promise<void> {
    const command = new PutEventsCommand({ Entries });
    command.middlewareStack.add(asCloudTrail(trail.arn), { step: "build", priority: "high" });
    const { FailedEntryCount = 0 } = await clients.events(region).send(command);
    if (FailedEntryCount > 0) throw new Error(`EventBridge in ${region} rejected ${FailedEntryCount} events`);
  }

  async function handOver(): Promise<void> {
    while (due.length > 0) {
      const { trail, region } = due[0] as (typeof due)[number];
      // Only the events of a region are in order.
      const together = due
        .filter((each) => each.region === region && each.trail === trail)
        .slice(0, maxEntries);
      const count = together.length;
      for (const one of together) due.splice(due.indexOf(one), 1);
      try {
        await put(
          trail,
          region,
          together.map(({ entry }) => entry),
        );
      } catch (cause) {
        onError(
          new Error(`${count} events did not reach EventBridge in ${region}: ${(cause as Error).message}`, {
            cause,
          }),
        );
      }
    }
  }

  function flush(): Promise<void> {
    clearTimeout(gathering);
    gathering = undefined;
    last = last.then(handOver);
    return last;
  }

  function add(trail: Trail, region: string, entry: PutEventsRequestEntry): void {
    due.push({ trail, region, entry });
    gathering ??= setTimeout(() => void flush(), gatherFor);
  }

  return {
    add(trail, record) {
      const entry = eventOf(form(record));
      if (entry === undefined) return;
      for (const ms of delays(record)) {
        if (ms <= 0) {
          add(trail, record.awsRegion, entry);
          continue;
        }
        const timer = setTimeout(() => {
          late.delete(timer);
          add(trail, record.awsRegion, entry);
        }, ms);
        late.add(timer);
      }
    },
    flush,
    async close() {
      for (const timer of late) clearTimeout(timer);
      await flush();
    },
  };
}
