import { expect } from "chai";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createEvents, type EventDelays, eventOf } from "../../../local/recorder/events";
import type { RootClients } from "../../../local/recorder/root-clients";
import type { Trail } from "../../../local/recorder/trails";
import { eventually } from "../../../local/eventually";
import { account } from "./support";

const record = (fields: Partial<CloudTrailRecord> = {}): CloudTrailRecord => ({
  eventID: "1",
  eventTime: "2026-11-23T13:33:28Z",
  eventSource: "ec2.amazonaws.com",
  eventName: "CreateVpc",
  awsRegion: "us-west-2",
  eventType: "AwsApiCall",
  ...fields,
});

const trail: Trail = {
  name: "t",
  arn: `arn:aws:cloudtrail:us-west-2:${account}:trail/t`,
  homeRegion: "us-west-2",
  isMultiRegion: true,
  includesGlobalServices: true,
  bucket: "logs",
  isLogging: true,
  validates: true,
  selectors: { basic: [], advanced: [] },
};

interface Put {
  region: string;
  ids: string[];
}

/** Clients whose EventBridge keeps what it is given. */
function listening(puts: Put[], failing = false): RootClients {
  const events = (region: string) => ({
    send: async ({ input }: { input: { Entries: { Detail: string }[] } }) => {
      if (failing) throw new Error("out of order");
      const ids = input.Entries.map(
        ({ Detail }) => (JSON.parse(Detail) as CloudTrailRecord).eventID as string,
      );
      puts.push({ region, ids });
      return { FailedEntryCount: 0 };
    },
  });
  return { events } as unknown as RootClients;
}

function handingOver(delays?: EventDelays, failing = false) {
  const puts: Put[] = [];
  const errors: string[] = [];
  const events = createEvents({
    clients: listening(puts, failing),
    ...(delays === undefined ? {} : { delays }),
    onError: ({ message }) => errors.push(message),
  });
  return { events, puts, errors };
}

describe("an event", () => {
  it("has the service as its source, the kind of record as its type, and the record as its detail", () => {
    expect(eventOf(record())).to.deep.equal({
      Time: new Date("2026-11-23T13:33:28Z"),
      Source: "aws.ec2",
      DetailType: "AWS API Call via CloudTrail",
      Detail: JSON.stringify(record()),
    });
    const login = record({ eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" });
    expect(eventOf(login)).to.deep.include({
      Source: "aws.signin",
      DetailType: "AWS Console Sign In via CloudTrail",
    });
    expect(eventOf(record({ eventType: "AwsServiceEvent" }))).to.deep.include({
      DetailType: "AWS Service Event via CloudTrail",
    });
  });

  it("is not created from what EventBridge does not get", () => {
    expect(eventOf(record({ eventType: "AwsVpceEvent" }))).to.equal(undefined);
    expect(eventOf(record({ requestParameters: { policy: "x".repeat(256 * 1024) } }))).to.equal(undefined);
  });
});

describe("handing events over", () => {
  it("goes to the region of each, in the order of the calls, ten at a time", async () => {
    const { events, puts } = handingOver();
    const ids = Array.from({ length: 12 }, (_, index) => String(index));
    for (const eventID of ids) {
      events.add(trail, record({ eventID }));
      events.add(trail, record({ eventID: `there-${eventID}`, awsRegion: "us-east-1" }));
    }
    await events.flush();
    const there = ids.map((id) => `there-${id}`);
    expect(puts).to.deep.equal([
      { region: "us-west-2", ids: ids.slice(0, 10) },
      { region: "us-east-1", ids: there.slice(0, 10) },
      { region: "us-west-2", ids: ids.slice(10) },
      { region: "us-east-1", ids: there.slice(10) },
    ]);
  });

  it("happens automatically", async () => {
    const { events, puts } = handingOver();
    events.add(trail, record());
    await eventually("the event", async () => puts[0]);
    await events.close();
  });

  it("loses, duplicates and delays what a test wants it to", async () => {
    const delays: EventDelays = ({ eventID }) =>
      ({ lost: [], twice: [0, 0], late: [300], never: [3_600_000] })[String(eventID)] ?? [0];
    const { events, puts } = handingOver(delays);
    for (const eventID of ["lost", "twice", "late", "never", "usual"]) events.add(trail, record({ eventID }));
    await events.flush();
    expect(puts.flatMap(({ ids }) => ids)).to.deep.equal(["twice", "twice", "usual"]);
    await eventually("the late event", async () => puts.find(({ ids }) => ids.includes("late")));
    await events.close();
    expect(puts.flatMap(({ ids }) => ids)).not.to.include.members(["never"]);
  });

  it("reports events that did not arrive, and continues", async () => {
    const { events, errors } = handingOver(undefined, true);
    events.add(trail, record());
    await events.flush();
    events.add(trail, record({ awsRegion: "us-east-1" }));
    await events.flush();
    expect(errors).to.deep.equal([
      "1 events did not reach EventBridge in us-west-2: out of order",
      "1 events did not reach EventBridge in us-east-1: out of order",
    ]);
  });
});
