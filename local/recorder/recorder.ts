import {
  type CloudTrailRecord,
  eventOf as nameOfEvent,
  type UserIdentity,
} from "../../handlers/cloudtrail/record";
import { type Call, callOf } from "./calls";
import { inputOf, outputOf } from "./decode";
import { createDelivery, type Delivered, publishValidation } from "./delivery";
import { createDigests } from "./digests";
import { isManagementEvent, isReadOnly } from "./event-kinds";
import { createEvents, type EventDelays, type EventForm } from "./events";
import { type Observation, startGateway } from "./gateway";
import { createIdentities } from "./identities";
import { recordOf } from "./records";
import { type CredentialScope, credentialScopeOf, type Exchange, type RequestHead } from "./request";
import { type RootClients, rootClients } from "./root-clients";
import { asIfNew, maxSentBytes, recordsIn, sendHeader, sendPath, type Sent } from "./sent";
import { openServiceModels } from "./service-models";
import { createTrails, gets, isTrailChange, type Trail } from "./trails";

export interface RecorderOptions {
  /** `http://127.0.0.1:<port>` of the emulator. */
  upstream: string;
  /** A free one if 0 or omitted. Always on 127.0.0.1. */
  port?: number;
  /** 12 digits. */
  account: string;
  /** The region of calls whose signature names none, and the first in which to look for trails. */
  region: string;
  /** Of the emulator's root user. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Path of `botocore/data`. */
  models: string;
  /** The organization of the account, and its other accounts, whose calls an organization trail gets. */
  organization?: { id: string; members: string[] };
  /** In ms; 2000 by default. */
  deliverEveryMs?: number;
  /** How often digests are written, in ms; every hour if omitted, as in AWS. */
  digestEveryMs?: number;
  /** When EventBridge gets a record: once, immediately, if omitted. */
  eventDelays?: EventDelays;
  /** The record as EventBridge gets it; the same if omitted. */
  eventForm?: EventForm;
  /** Whether a record gets into a log file; each does if omitted. */
  inLogFile?(record: CloudTrailRecord): boolean;
  /** Which records no trail and no EventBridge gets, as if they were from before the trail; none if omitted. */
  isFromBefore?(record: CloudTrailRecord): boolean;
  /** Called for each record, whether or not a trail gets it. */
  onRecord?(record: CloudTrailRecord): void;
  onDelivery?(delivered: Delivered): void;
  /** Called for everything that goes wrong and does not concern a caller. */
  onError?(error: Error): void;
}

/** CloudTrail on this machine: a gateway in front of the emulator. */
export interface Recorder {
  /** `http://127.0.0.1:<port>`, for every client and service. */
  endpoint: string;
  /** Records calls as if they had just been made in this account, and returns the records. */
  send(records: CloudTrailRecord[]): CloudTrailRecord[];
  /** Delivers now what has been recorded so far. */
  flush(): Promise<void>;
  /** Delivers now, and writes the digests that are otherwise due every hour. */
  writeDigests(): Promise<void>;
  /** Delivers what is left, and stops. Records that cannot be delivered are reported to `onError`. */
  close(): Promise<void>;
}

const usualInterval = 2000;
const hour = 3_600_000;

/** Answers of read calls are kept only if they are errors, whose code the record contains. */
function wantsAnswer(call: Call | undefined, status: number): boolean {
  return status >= 400 || call === undefined || !isReadOnly(call) || call.model.metadata.service === "sts";
}

/**
 * Starts the recorder: every API call that passes its gateway and that CloudTrail would log becomes a record, and every few
 * seconds each trail that is logging gets its records as log files, and its topic a notification.
 *
 * @throws Error if the port is in use, there are no service models, or the emulator does not answer
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { account, region, credentials } = options;
  const onError = options.onError ?? ((error: Error) => console.error(error));
  const models = openServiceModels(options.models);
  const clients = rootClients({ endpoint: options.upstream, credentials }, region);
  const { organization } = options;
  const members = (organization?.members ?? []).map((member) => {
    // MiniStack takes an account's ID as the key of its root user.
    const root = { accessKeyId: member, secretAccessKey: credentials.secretAccessKey };
    const its = rootClients({ endpoint: options.upstream, credentials: root }, region);
    const known = createIdentities({ clients: its, account: member, region, rootAccessKeyId: member });
    return { member, identities: known, clients: its };
  });
  const identities = createIdentities({ clients, account, region, rootAccessKeyId: credentials.accessKeyId });
  const trails = createTrails(clients, region, organization?.id);
  const digests = createDigests({
    clients,
    account,
    members: members.map(({ member }) => member),
    trails: () => trails.current(),
    onError,
  });
  const eventsBy = (its: RootClients) =>
    createEvents({
      clients: its,
      ...(options.eventDelays === undefined ? {} : { delays: options.eventDelays }),
      ...(options.eventForm === undefined ? {} : { form: options.eventForm }),
      onError,
    });
  // EventBridge has an account's events on its own bus.
  const events = new Map([
    [account, eventsBy(clients)] as const,
    ...members.map(({ member, clients: its }) => [member, eventsBy(its)] as const),
  ]);
  const delivery = createDelivery({
    clients,
    account,
    onFile: (file) => digests.add(file),
    exists: (trail) => trails.current().some(({ arn }) => arn === trail.arn),
    onDelivery: options.onDelivery ?? (() => {}),
    onError,
  });
  const context = { models, account, region, onUnreadable: onError };
  const finishing = new Set<Promise<void>>();

  /** MiniStack accepts 12 digits as the root key of the account with that number. */
  function isOtherAccount(accessKeyId: string): boolean {
    const isKnown = members.some(({ member }) => member === accessKeyId);
    return /^\d{12}$/.test(accessKeyId) && accessKeyId !== account && !isKnown;
  }

  /** Whose a key is, in this account or in a member. */
  async function identityOf(accessKeyId: string, where: string): Promise<UserIdentity | undefined> {
    const itself = members.find(({ member }) => member === accessKeyId);
    if (itself !== undefined) return itself.identities.of(accessKeyId, where);
    const own = await identities.of(accessKeyId, where);
    if (own !== undefined) return own;
    for (const { identities: its } of members) {
      const found = await its.of(accessKeyId, where);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function observe(head: RequestHead): Promise<Observation | undefined> {
    const scope = credentialScopeOf(head);
    if (!scope || isOtherAccount(scope.accessKeyId) || head.path.startsWith("/_ministack/")) return undefined;
    const call = callOf(models, head, scope);
    if (call === undefined)
      return models.signedAs(scope.signingName).length > 0 ? unknown(head, scope) : undefined;
    if (call !== "in-body" && !isManagementEvent(call)) return undefined;
    // Before the call is made, because it may delete its own key, or stop the trail that should record it.
    const identity = await identityOf(scope.accessKeyId, scope.region ?? region);
    const logging = trails.current().filter((trail) => trail.isLogging);
    const known = call === "in-body" ? undefined : call;
    return {
      keepsRequest: true,
      holds: known?.model.metadata.service === "cloudtrail" && isTrailChange(known.operation.name),
      keepsResponse: (status) => wantsAnswer(known, status),
      finish(exchange) {
        const finished = finish(exchange, scope, identity, logging).finally(() => finishing.delete(finished));
        finishing.add(finished);
        return finished;
      },
    };
  }

  /** A call that is in no model but succeeds would be a hole in the trail. */
  function unknown({ method, path, headers }: RequestHead, { signingName }: CredentialScope): Observation {
    return {
      keepsRequest: false,
      holds: false,
      keepsResponse: () => false,
      async finish({ status }) {
        if (status >= 400) return;
        const target = headers["x-amz-target"] ?? "";
        onError(
          new Error(`no record: ${signingName} has no call ${method} ${path} ${target} in its service model`),
        );
      },
    };
  }

  /** A call is recorded in its caller's account. */
  function contextOf({ accountId }: UserIdentity): typeof context {
    const member = members.find((one) => one.member === accountId)?.member;
    return member === undefined ? context : { ...context, account: member };
  }

  async function finish(
    exchange: Exchange,
    scope: CredentialScope,
    identity: UserIdentity | undefined,
    logging: Trail[],
  ): Promise<void> {
    const call = callOf(models, exchange.head, scope, exchange.requestBody ?? Buffer.alloc(0));
    if (call === "in-body") return;
    if (call === undefined) return unknown(exchange.head, scope).finish(exchange);
    if (!isManagementEvent(call)) return;
    const succeeded = exchange.status < 400;
    if (!identity && !succeeded) return;
    const caller = identity ?? { type: "Unknown", accountId: account, accessKeyId: scope.accessKeyId };
    const record = recordOf(contextOf(caller), call, scope, exchange, caller);
    if (!record) return;
    if (succeeded) await learn(call, caller, exchange, scope).catch(onError);
    const after =
      record.eventName === "StartLogging" ? trails.current().filter((each) => each.isLogging) : [];
    const receivers = new Map([...logging, ...after].map((trail) => [trail.arn, trail]));
    pass(record, [...receivers.values()]);
  }

  function send(records: CloudTrailRecord[]): CloudTrailRecord[] {
    const logging = trails.current().filter((trail) => trail.isLogging);
    return records.map((one) => {
      const record = asIfNew(one, { account, now: Date.now() });
      pass(record, logging);
      return record;
    });
  }

  /** Passes a record on to trails and to EventBridge. */
  function pass(record: CloudTrailRecord, receivers: Trail[]): void {
    const getting =
      options.isFromBefore?.(record) === true ? [] : receivers.filter((trail) => gets(trail, record));
    if (options.inLogFile?.(record) !== false) for (const trail of getting) delivery.add(trail, record);
    const [first] = getting;
    if (first !== undefined) events.get(String(record.recipientAccountId))?.add(first, record);
    options.onRecord?.(record);
  }

  /** Answers `npx cloudtrailer send`. */
  function answer({ method, headers }: RequestHead, body: string): { status: number; json: unknown } {
    if (method !== "POST" || headers[sendHeader] === undefined)
      return {
        status: 400,
        json: { error: `expected a POST with the header ${sendHeader}, found ${method}` },
      };
    try {
      const sent = send(recordsIn(body)).map((record) => ({
        eventID: record.eventID,
        event: nameOfEvent(record),
        awsRegion: record.awsRegion,
      }));
      return { status: 200, json: { sent } satisfies Sent };
    } catch (error) {
      return { status: 400, json: { error: (error as Error).message } };
    }
  }

  async function learn(
    call: Call,
    caller: UserIdentity,
    exchange: Exchange,
    scope: CredentialScope,
  ): Promise<void> {
    const { service } = call.model.metadata;
    const { name } = call.operation;
    if (service === "sts" || service === "iam") {
      const learned = [call, caller, inputOf(call, exchange), outputOf(call, exchange), exchange.at] as const;
      for (const its of [identities, ...members.map((one) => one.identities)]) its.learn(...learned);
    }
    if (service !== "cloudtrail" || !isTrailChange(name)) return;
    await trails.refresh(scope.region);
    const { Name, SnsTopicName } = inputOf(call, exchange);
    if (typeof SnsTopicName !== "string" || SnsTopicName === "") return;
    const trail = trails.current().find((each) => each.name === Name || each.arn === Name);
    if (trail) await publishValidation(clients, trail, account);
  }

  await trails.refresh();
  const gateway = await startGateway({
    upstream: options.upstream,
    port: options.port ?? 0,
    observe,
    own: { isOwn: ({ path }) => path === sendPath, maxBytes: maxSentBytes, answer },
    onError,
  });

  async function deliver(): Promise<void> {
    await Promise.allSettled([...finishing]);
    await Promise.all([...[...events.values()].map((one) => one.flush()), delivery.deliver()]);
    await digests.endStopped();
  }

  const digestEvery = options.digestEveryMs ?? hour;
  let digestsAt = Date.now() + digestEvery;
  async function writeDigests(): Promise<void> {
    await trails.refresh();
    await deliver();
    await digests.write();
    digestsAt = Date.now() + digestEvery;
  }

  let timer: NodeJS.Timeout;
  let isClosed = false;
  let ticking: Promise<void> = Promise.resolve();
  const work = async () => {
    try {
      // Trails can change without a call through the gateway: by CloudFormation, or directly in the emulator.
      await trails.refresh();
      await deliver();
      if (Date.now() >= digestsAt) await writeDigests();
    } catch (error) {
      onError(error as Error);
    }
    if (!isClosed) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      ticking = work();
    }, options.deliverEveryMs ?? usualInterval);
  };
  schedule();

  return {
    endpoint: gateway.endpoint,
    send,
    flush: deliver,
    writeDigests,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await gateway.close();
      await ticking;
      await deliver();
      for (const one of events.values()) await one.close();
      const left = delivery.waiting();
      if (left > 0) onError(new Error(`${left} records were not delivered before the recorder was closed.`));
      clients.destroy();
      for (const member of members) member.clients.destroy();
    },
  };
}
